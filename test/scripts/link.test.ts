/** Chunks of esbuild are put into files that load each other by number. */
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { type Chunks, link } from '../../scripts/bundle/link.ts';

const module = (text: string, entryPoint?: string) => ({
  text,
  ...(entryPoint !== undefined && { entryPoint }),
});

const linked = async (modules: Readonly<Record<string, ReturnType<typeof module>>>) => {
  const all = Object.entries(modules);
  const made = {
    outputFiles: all.map(([path, { text }]) => ({ path, text })),
    metafile: {
      outputs: Object.fromEntries(
        all.map(([path, { text: _, ...entry }]) => [path, { ...entry, inputs: { [path]: {} } }]),
      ),
    },
  };
  return link(made as unknown as Chunks, { early: ['program', 'part'], commands: [] });
};

describe('a function that is loaded when it is first called', () => {
  it.each(['e', 'a', 'f'])('is called as %s by another chunk', async (name) => {
    const { files } = await linked({
      'program.js': module('import("./part.js");', 'src/program.ts'),
      'part.js': module(
        `import{f as ${name}}from"./stub.js";let r=${name}(2)+${name}(3);export{r};`,
        'src/part.ts',
      ),
      'stub.js': module('let f=(...x)=>(f=import("./late.js").g)(...x);export{f};'),
      'late.js': module('let g=x=>10*x;export{g};', 'src/late.ts'),
    });
    const chunks = Object.assign(
      {},
      ...files.map(([, text]) => runInNewContext(`module={};${text}module.exports`) as object),
    ) as Record<string, (need: (number: number) => object, exports: object) => void>;
    const need = (number: number): object => {
      const exports = {};
      chunks[number]?.(need, exports);
      return exports;
    };
    const results = Object.keys(chunks).map((number) => need(Number(number)));
    expect(results).toContainEqual({ r: 50 });
  });
});
