import { defineComponent, h } from 'vue';

/** What a program has printed. */
export const Printed = defineComponent({
  props: { text: { type: String, required: true } },
  setup: (props) => () => h('figure', { class: 'printed' }, [h('figcaption', 'It prints:'), h('pre', { tabindex: 0 }, props.text)]),
});
