import { numberOf } from '@netstrata/transport/layers';

/** The most that `ws` takes for the length of a message. */
const MOST = 2 ** 31 - 1;

/** A limit, which is never without end. Throws ERR_INVALID_ARG_TYPE, ERR_OUT_OF_RANGE. */
export const limitOf = (name: string, given: unknown, otherwise: number): number => numberOf(name, given, otherwise, 1, MOST);

/** What `ws` may be made to keep of one message: of its pieces each is an object, and may hold on to 64 KiB of what came around it. */
export const LIMITS = { maxBufferedChunks: 4096, maxFragments: 128 };
