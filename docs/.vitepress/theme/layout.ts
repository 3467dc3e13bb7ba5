import { useRoute } from 'vitepress';
import theme from 'vitepress/theme-without-fonts';
import { defineComponent, h, onMounted, watch } from 'vue';

/** VitePress gives documents a `main`, but not the first page and the one for what is not there: those have their content as a whole. */
function markMain(): void {
  const content = document.getElementById('VPContent');
  if (content?.querySelector('main')) content.removeAttribute('role');
  else content?.setAttribute('role', 'main');
}

export const Layout = defineComponent({
  setup() {
    const route = useRoute();
    onMounted(() => { watch(() => route.path, markMain, { immediate: true, flush: 'post' }); });
    return () => h(theme.Layout);
  },
});
