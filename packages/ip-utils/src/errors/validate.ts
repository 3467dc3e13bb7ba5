import { badPort, invalidArgType, outOfRange } from './errors.js';

/** @throws TypeError `ERR_INVALID_ARG_TYPE` */
export function validateString(value: unknown, name: string): asserts value is string {
  if (typeof value !== 'string') throw invalidArgType(name, 'of type string', value);
}

/** @throws TypeError `ERR_INVALID_ARG_TYPE` */
export function validateArray(value: unknown, name: string): asserts value is unknown[] {
  if (!Array.isArray(value)) throw invalidArgType(name, 'an instance of Array', value);
}

/** Any object but an array or a function. @throws TypeError `ERR_INVALID_ARG_TYPE` */
export function validateObject(value: unknown, name: string): asserts value is object {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) throw invalidArgType(name, 'of type object', value);
}

/** @throws TypeError `ERR_INVALID_ARG_TYPE`, RangeError `ERR_OUT_OF_RANGE` */
export function validateInteger(value: unknown, name: string, min: number, max: number): asserts value is number {
  if (typeof value !== 'number') throw invalidArgType(name, 'of type number', value);
  if (!Number.isInteger(value)) throw outOfRange(name, 'an integer', value);
  if (value < min || value > max) throw outOfRange(name, `>= ${min} && <= ${max}`, value);
}

/**
 * A port as Node takes it: an integer, or text that `Number()` makes one of, such as `'80'` or `'0x50'`.
 * @throws RangeError `ERR_SOCKET_BAD_PORT`
 */
export function validatePort(value: unknown, name: string): number {
  if (typeof value === 'number' || (typeof value === 'string' && value.trim() !== '')) {
    const port = Number(value);
    if (port === port >>> 0 && port <= 0xffff) return port >>> 0;
  }
  throw badPort(name, value);
}

/**
 * One field of an options object, its prototypes included as Node reads it, but never from a polluted `Object.prototype`.
 */
export function readOption(options: object, name: string): unknown {
  if (!Object.hasOwn(Object.prototype, name)) return (options as Record<string, unknown>)[name];
  let object: object | null = options;
  while (object !== null && object !== Object.prototype) {
    if (Object.hasOwn(object, name)) return Reflect.get(object, name, options);
    object = Object.getPrototypeOf(object) as object | null;
  }
  return undefined;
}
