import { useNavigate, useSearch } from '@tanstack/react-router';
import { Select } from '../../ui/select.tsx';
import { IdFilter } from '../events/id-filter.tsx';
import { adviceOn } from './what-to-do.ts';

/** By an id that the post named, and by the reason. @param codes the reasons that occur */
export function RejectionFilters({ codes }: { codes: readonly string[] }) {
  const { q = '', code = '' } = useSearch({ from: '/shell/events/refused' });
  const navigate = useNavigate({ from: '/events/refused' });
  const change = (some: { q?: string | undefined; code?: string | undefined }) =>
    void navigate({ search: (before) => ({ ...before, ...some }), replace: true });
  const known = code === '' || codes.includes(code) ? codes : [code, ...codes];
  return (
    <div className="flex flex-wrap gap-2">
      <Select
        label="Why it was refused"
        className="max-sm:w-full"
        value={code}
        onChange={(next) => change({ code: next || undefined })}
        choices={[
          { value: '', label: 'Any reason' },
          ...known.map((one) => ({ value: one, label: adviceOn(one).title, note: one })),
        ]}
      />
      <IdFilter
        value={q}
        onChange={(next) => change({ q: next })}
        placeholder="A learner, session or package id"
      />
    </div>
  );
}
