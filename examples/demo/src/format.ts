const MiB = 1024 * 1024;

export const count = (value: number): string => value.toLocaleString('en-US');

/** 1 MiB is 1,048,576 bytes. */
export function amount(bytes: number): string {
  return bytes < MiB ? `${(bytes / 1024).toFixed(0)} KiB` : `${(bytes / MiB).toFixed(bytes % MiB === 0 ? 0 : 1)} MiB`;
}

/** 1 MB/s is 1,000,000 bytes a second. */
export const rate = (bytesPerSecond: number): string => `${count(Math.round(bytesPerSecond / 1e6))} MB/s`;

export const duration = (ms: number): string => (ms < 1000 ? `${ms.toFixed(0)} ms` : `${(ms / 1000).toFixed(2)} s`);
