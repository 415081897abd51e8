import { Select } from '../../../ui/select.tsx';
import { ERROR_CODES, errorCodeLabel } from '../../../ui/error-words.ts';
import { useFilters } from '../use-filters.ts';
import { statusText } from '../../../ui/status-text.ts';

/** The statuses that receivers give most; an address may hold any other. */
const STATUSES = [
  200, 202, 204, 400, 401, 403, 404, 405, 410, 413, 415, 422, 429, 500, 502, 503, 504,
];
/** For these errors, the status tells more. */
const WITH_STATUS = new Set<string>(['http_status', 'redirect']);
const ERRORS = ERROR_CODES.filter((code) => !WITH_STATUS.has(code));

/** How the last attempt ended: with which status, or with which error. */
export function AnswerFilter() {
  const { filters, change } = useFilters();
  const { responseStatus, errorCode } = filters;
  const value =
    responseStatus !== undefined
      ? `status ${responseStatus}`
      : errorCode !== undefined
        ? `error ${errorCode}`
        : '';
  const choices = [
    { value: '', label: 'Any answer' },
    ...['http_status', 'redirect'].map(errorChoice),
    ...STATUSES.map(statusChoice),
    ...ERRORS.map(errorChoice),
  ];
  const isListed = choices.some((choice) => choice.value === value);
  const own = () =>
    responseStatus === undefined ? errorChoice(errorCode!) : statusChoice(responseStatus);
  return (
    <Select
      label="Answer"
      className="col-span-2 w-full min-w-0 lg:w-48"
      value={value}
      onChange={(next) => {
        const [kind, what] = next.split(' ');
        change({
          responseStatus: kind === 'status' ? what : undefined,
          errorCode: kind === 'error' ? what : undefined,
        });
      }}
      choices={isListed ? choices : [own(), ...choices]}
    />
  );
}

const statusChoice = (status: number | string) => ({
  value: `status ${status}`,
  label: statusText(Number(status)),
});
const errorChoice = (code: string) => ({ value: `error ${code}`, label: errorCodeLabel(code) });
