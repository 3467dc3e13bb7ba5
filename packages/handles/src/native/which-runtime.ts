const { bun, deno } = process.versions as Readonly<Record<string, string | undefined>>;

export const isBun = bun !== undefined;
export const isDeno = deno !== undefined;
