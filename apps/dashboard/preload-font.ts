import type { Plugin } from 'vite';

/** Of what the dashboard says itself; the fonts of other scripts, and that of ids, come when they are used. */
const FONT = /^assets\/inter-latin-wght-normal-[\w-]+\.woff2$/;

/**
 * Has the browser ask for the font beside the scripts, so that it is there before the page is drawn: in the letters of
 * another font, lines would end elsewhere, and what is below them would jump.
 */
export function preloadFont(): Plugin {
  let base = '';
  return {
    name: 'preload-font',
    apply: 'build',
    configResolved: (config) => {
      base = config.base;
    },
    transformIndexHtml: {
      order: 'post',
      handler: (_page, { bundle = {} }) => {
        const file = Object.keys(bundle).find((name) => FONT.test(name));
        if (!file) throw new Error('The build has no font that would match preload-font.ts.');
        const attrs = { rel: 'preload', href: base + file, as: 'font', crossorigin: true };
        return [{ tag: 'link', attrs, injectTo: 'head' }];
      },
    },
  };
}
