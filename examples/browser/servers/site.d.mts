import type { Gateway } from '@netstrata/gateway';

interface Place {
  readonly host: string;
  readonly port: number;
}

export function openSite(
  where: Partial<Record<string, Place>>,
  options?: { allow?: readonly string[]; port?: number },
): Promise<{ readonly url: string; readonly gateway: Gateway; close(): Promise<void> }>;
