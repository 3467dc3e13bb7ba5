import { createEditor, type PrismEditor } from 'prism-code-editor';
import 'prism-code-editor/prism/languages/typescript';
import { insertText } from 'prism-code-editor/utils';
import 'prism-code-editor/layout.css';

/** An editor. Its text is that of a textarea: keys, touch and screen readers work as there, and Tab leads out of it. */
export interface Editor {
  code: string;
  /** Marks the line of an error; null for none. */
  mark(line: number | null): void;
}

export function openEditor(place: HTMLElement, code: string, onChange: (code: string) => void): Editor {
  const editor = createEditor(place, { language: 'typescript', value: code, tabSize: 2, insertSpaces: true, wordWrap: true, onUpdate: (value) => { onChange(value); } }, indentNewLines);
  editor.textarea.setAttribute('aria-label', 'Program');
  editor.textarea.spellcheck = false;
  let marked: Element | null = null;
  return {
    get code() { return editor.value; },
    set code(value) { if (value !== editor.value) editor.setOptions({ value }); },
    mark(line) {
      marked?.classList.remove('failed');
      marked = line === null ? null : editor.lines[line] ?? null;
      marked?.classList.add('failed');
      marked?.scrollIntoView({ block: 'nearest' });
    },
  };
}

/** A new line begins where the one before it does. */
function indentNewLines(editor: PrismEditor): void {
  editor.textarea.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || event.isComposing) return;
    const { value, selectionStart } = editor.textarea;
    const indent = /^[ \t]*/.exec(value.slice(value.lastIndexOf('\n', selectionStart - 1) + 1, selectionStart))![0];
    if (indent === '') return;
    event.preventDefault();
    insertText(editor, `\n${indent}`);
  });
}
