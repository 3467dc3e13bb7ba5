/** Rules in the order in which they came, some of them alike. The newest of its kind is found without a look at the others. */
export class RuleSet<T> {
  readonly #idOf: (rule: T) => string;
  readonly #rules = new Set<T>();
  /** Made by the first removal: few lists see one. */
  #alike: Map<string, T[]> | null = null;

  /** Rules with the same id are alike. */
  constructor(idOf: (rule: T) => string) {
    this.#idOf = idOf;
  }

  get size(): number {
    return this.#rules.size;
  }

  get newestFirst(): T[] {
    return [...this.#rules].reverse();
  }

  add(rule: T): void {
    this.#rules.add(rule);
    if (this.#alike !== null) this.#note(this.#alike, rule);
  }

  /** Takes out the newest rule that is like this one. False without such a rule. */
  remove(like: T): boolean {
    this.#alike ??= this.#sort();
    const id = this.#idOf(like);
    const alike = this.#alike.get(id);
    const rule = alike?.pop();
    if (rule === undefined) return false;
    if (alike!.length === 0) this.#alike.delete(id);
    this.#rules.delete(rule);
    return true;
  }

  #sort(): Map<string, T[]> {
    const alike = new Map<string, T[]>();
    for (const rule of this.#rules) this.#note(alike, rule);
    return alike;
  }

  #note(alike: Map<string, T[]>, rule: T): void {
    const id = this.#idOf(rule);
    const others = alike.get(id);
    if (others === undefined) alike.set(id, [rule]);
    else others.push(rule);
  }
}
