import { formatBytes, type IPAddress } from '../address/index.js';
import { numberToBytes } from '../address/number.js';
import { invalidArgValue } from '../errors/errors.js';
import { readOption } from '../errors/validate.js';
import { formatCIDR, type CIDR } from './cidr.js';
import { bitsOf } from './interval.js';

/** A form of results: canonical text, or the parsed values. */
export type ResultForm = 'text' | 'parsed';

/** In which form networks and addresses come back. */
export interface ResultOptions<Form extends ResultForm = ResultForm> {
  /** `text` (default), canonical as of `formatCIDR` and `formatAddress`; or `parsed`: a `CIDR`, an `IPAddress`. */
  readonly as?: Form | undefined;
}

/** What a network is in a form. */
export type NetworkIn<Form extends ResultForm> = Form extends 'parsed' ? CIDR : string;
/** What an address is in a form. */
export type AddressIn<Form extends ResultForm> = Form extends 'parsed' ? IPAddress : string;

type ToAddress<Result> = (version: 4 | 6, value: bigint) => Result;

/** What is no object is no options: `list.map(next)` passes an index. */
function isParsed(options: unknown): boolean {
  const form = typeof options === 'object' && options !== null ? readOption(options, 'as') : undefined;
  if (form === undefined || form === 'text' || form === 'parsed') return form === 'parsed';
  throw invalidArgValue('options.as', form, "must be 'text' or 'parsed'");
}

/** @throws TypeError `ERR_INVALID_ARG_VALUE` for another form */
export function networksAs<Form extends ResultForm>(options: ResultOptions<Form> | undefined): (cidr: CIDR) => NetworkIn<Form> {
  return (isParsed(options) ? (cidr: CIDR) => cidr : formatCIDR) as (cidr: CIDR) => NetworkIn<Form>;
}

/** @throws TypeError `ERR_INVALID_ARG_VALUE` for another form */
export function addressesAs<Form extends ResultForm>(options: ResultOptions<Form> | undefined): ToAddress<AddressIn<Form>> {
  const parsed = isParsed(options);
  return (version, value) => {
    const bytes = numberToBytes(value, bitsOf(version) / 8);
    return (parsed ? { version, bytes, zone: null } : formatBytes(bytes)) as AddressIn<Form>;
  };
}
