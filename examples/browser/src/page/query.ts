import { ask, type Table } from '../clients/postgres.js';
import { fetchSettings } from '../settings.js';
import { find, make, onUse } from './elements.js';

/** Rows that are shown; a page with more is slow. */
const MOST = 200;

const isNumber = (text: string | null): boolean => text !== null && /^-?\d+(\.\d+)?$/.test(text);

function show({ columns, rows }: Table): void {
  const kind = columns.map((_, i) => (rows.every((row) => row[i] === null || isNumber(row[i])) ? 'number' : 'text'));
  const cell = (name: string) => (text: string | null, i: number) => make(name, text ?? 'null', { class: text === null ? 'null' : kind[i] });
  find('#result').replaceChildren(
    make('thead', [make('tr', columns.map(cell('th')))]),
    make('tbody', rows.slice(0, MOST).map((row) => make('tr', row.map(cell('td'))))),
  );
}

export function showPostgres(): void {
  const form = find<HTMLFormElement>('#postgres form');
  const query = find<HTMLTextAreaElement>('#query');
  query.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  onUse(form, find('#query-note'), async () => {
    const { servers: { postgres }, ca } = await fetchSettings();
    if (!postgres) throw new Error('there is no PostgreSQL here');
    const encrypted = find<HTMLInputElement>('#tls').checked;
    const before = performance.now();
    find('#result').replaceChildren();
    const table = await ask(postgres, query.value, encrypted ? ca : undefined);
    show(table);
    const count = table.columns.length === 0 ? table.command : `${table.rows.length} ${table.rows.length === 1 ? 'row' : 'rows'}`;
    return `${count} in ${(performance.now() - before).toFixed(0)} ms, with connecting${encrypted ? ' and TLS' : ''}`;
  });
}
