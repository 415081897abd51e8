import { EVENT_TYPE_NAMES } from '@schoolbell/catalogue';
import { ALL_EVENTS, type DeliveryMode, type WebhookSettings } from '@schoolbell/delivery';
import {
  carries,
  effectiveSignature,
  faultOfSignatureHeader,
  formatNamed,
  FORMATS,
  isSetByFormat,
  type WireFormat,
} from '@schoolbell/formats';
import { ApiError, type FieldError } from '../http/api-error.js';

type Judged = Omit<WebhookSettings, 'authentication' | 'headers'> & {
  /** Null if it cannot be read. */
  authentication: WebhookSettings['authentication'] | null;
  headers: WebhookSettings['headers'] | null;
};

/**
 * What a webhook's format cannot have: kinds of authentication, batches, a signature header, headers that it sets
 * itself. About a format that only another version knows nothing can be said here: its attempts will show it.
 */
export function formatFaults(settings: Judged): FieldError[] {
  const format = formatNamed(settings.format);
  if (!format) return [];
  return [
    ...authenticationFaults(format, settings),
    ...signatureFaults(format, settings),
    ...headerFaults(format, settings),
    ...batchFaults(format, settings),
  ];
}

/** A template belongs to formats that are made by one, and those need it. */
export function templateFaults(
  { format: name, template }: Pick<WebhookSettings, 'format' | 'template'>,
  given: string | null | undefined,
): FieldError[] {
  const format = formatNamed(name);
  if (format?.templated && template === null) {
    const message = `is required for the format ${name}; GET /v1/templates lists ready ones`;
    return [{ path: 'template', message }];
  }
  if (!format || format.templated || given === undefined || given === null) return [];
  const others = FORMATS.filter(({ templated }) => templated).map((other) => other.name);
  return [
    { path: 'template', message: `belongs to the format ${others.join(', ')}: leave it out` },
  ];
}

/**
 * A webhook cannot list events that its format cannot carry.
 *
 * @throws ApiError `format_cannot_carry`, which names those events, and the events that it can carry
 */
export function requireCarriedEvents(format: string, events: readonly string[]): void {
  const wire = formatNamed(format);
  if (!wire) return;
  const errors = events.flatMap((event, i) =>
    event === ALL_EVENTS || carries(wire, event)
      ? []
      : [{ path: `events[${i}]`, message: `cannot be carried by ${format}` }],
  );
  if (errors.length === 0) return;
  const carried = carriedBy(wire).join(', ');
  throw new ApiError('format_cannot_carry', `The format ${format} can carry: ${carried}.`, {
    errors,
  });
}

/** The event types that `*` stands for in a format that cannot carry all; undefined in one that can. */
export function typesInsteadOfAll(format: string): string[] | undefined {
  const wire = formatNamed(format);
  return wire && wire.carries !== 'all' ? carriedBy(wire) : undefined;
}

/** The delivery mode with the format's additions: its limit, and whether a batch has one type of event. */
export function deliveryModeFor(format: string, mode: DeliveryMode): DeliveryMode {
  const room = formatNamed(format)?.batches;
  if (mode.mode === 'single' || !room) return mode;
  return { ...mode, sameType: room.sameType };
}

function carriedBy(format: WireFormat): string[] {
  return EVENT_TYPE_NAMES.filter((name) => carries(format, name));
}

function authenticationFaults(
  { name, authentications, signed }: WireFormat,
  { authentication }: Judged,
): FieldError[] {
  if (!authentication) return [];
  if (!authentications.includes(authentication.type)) {
    const message = `must be one of ${authentications.join(', ')} for the format ${name}`;
    return [{ path: 'authentication.type', message }];
  }
  if (signed === 'never' && authentication.sign) {
    const message = `must be false or left out: requests of the format ${name} are never signed`;
    return [{ path: 'authentication.sign', message }];
  }
  return [];
}

function signatureFaults(format: WireFormat, { formatSettings, headers }: Judged): FieldError[] {
  const { signature } = formatSettings;
  if (!signature) return [];
  if (!format.signature) {
    const message = `must be null or left out: the format ${format.name} has no signature header of its own`;
    return [{ path: 'signature', message }];
  }
  const { header } = effectiveSignature(format, signature)!;
  const message = faultOfSignatureHeader(header, format);
  if (message !== undefined) return [{ path: 'signature.header', message }];
  const names = [header, `${header}-Previous`].map((name) => name.toLowerCase());
  return Object.keys(headers ?? {})
    .filter((name) => names.includes(name.toLowerCase()))
    .map((name) => ({
      path: `headers.${name}`,
      message: 'is the name of the signature header, too: rename one of them',
    }));
}

function headerFaults(format: WireFormat, { headers }: Judged): FieldError[] {
  const message = `is set by the format ${format.name}: leave it out`;
  return Object.keys(headers ?? {})
    .filter((name) => isSetByFormat(name, format))
    .map((name) => ({ path: `headers.${name}`, message }));
}

function batchFaults({ name, batches }: WireFormat, settings: Judged): FieldError[] {
  const { delivery, ordering } = settings;
  if (delivery.mode === 'single') return [];
  if (!batches) {
    const others = FORMATS.filter((format) => format.batches).map((format) => format.name);
    const message = `must be single: the format ${name} takes one event per request; formats with batches are ${others.join(', ')}`;
    return [{ path: 'delivery.mode', message }];
  }
  const faults: FieldError[] = [];
  if (delivery.maxEvents > batches.maxEvents) {
    const message = `must not be greater than ${batches.maxEvents} for the format ${name}`;
    faults.push({ path: 'delivery.maxEvents', message });
  }
  if (ordering !== 'none') {
    const message = 'must be none: batches do not wait for each other, and so keep no order';
    faults.push({ path: 'ordering', message });
  }
  return faults;
}
