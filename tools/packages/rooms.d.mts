/** The picture of the rooms, from the imports of the sources. */
export function draw(): Promise<string>;
/** The picture as ARCHITECTURE.md has it. */
export function drawn(): string | undefined;
