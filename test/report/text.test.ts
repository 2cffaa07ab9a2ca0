import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { markdown } from '../../src/report/markdown.ts';
import {
  harmless,
  jsonText,
  printable,
  printableLines,
  shownPath,
  yamlText,
} from '../../src/report/safe-text.ts';
import { ansiStyle, plainStyle } from '../../src/report/style.ts';
import { table } from '../../src/report/table.ts';
import { displayWidth, wrap } from '../../src/report/text.ts';
import { enumerate, firstFew } from '../../src/text/enumerate.ts';

describe('wrap', () => {
  it.each([
    ['breaks at blanks', 'one two three', 7, ['one two', 'three']],
    ['leaves a long word whole', 'a verylongword b', 5, ['a', 'verylongword', 'b']],
    [
      'breaks a long word behind commas',
      'x app=web,tier=front,env=prod',
      21,
      ['x app=web,tier=front,', 'env=prod'],
    ],
    ['does not break a short word behind commas', 'aaa b,c', 4, ['aaa', 'b,c']],
    ['counts columns, not characters', '名前 名前', 8, ['名前', '名前']],
  ])('%s', (_, text, width, expected) => {
    expect(wrap(text, width)).toEqual(expected);
  });
});

it.each([
  ['abc', 3],
  ['名前', 4],
  ['e\u0301', 1],
  ['🚀', 2],
  ['→', 1],
])('%s takes %i columns', (text, width) => {
  expect(displayWidth(text)).toBe(width);
});

it('printable shows control characters as pictures and loses none', () => {
  expect(printable('a\tb\u001b[0m\r\n\u009b\u202e')).toBe('a  b␛[0m␍␊\ufffd\ufffd');
});

it.each([
  [[], ''],
  [['a'], 'a'],
  [['a', 'b'], 'a and b'],
  [['a', 'b', 'c'], 'a, b and c'],
])('enumerate %j', (items, expected) => {
  expect(enumerate(items)).toBe(expected);
});

it.each([
  [[], ''],
  [['a', 'b', 'c'], 'a, b, c'],
  [['a', 'b', 'c', 'd', 'e'], 'a, b, c and 2 more'],
])('the first three of %j', (items, expected) => {
  expect(firstFew(items, 3)).toBe(expected);
});

describe('table', () => {
  const rows = [
    ['web', 'web×3:8080'],
    ['api', '<none>  no pod has app=ap; Deployment shop/api has app=api'],
  ];

  it('is a line for each row where there is no terminal', () => {
    expect(table(['NAME', 'ENDPOINTS'], rows).split('\n')).toHaveLength(4);
  });

  it('wraps the last column in a terminal', () => {
    expect(table(['NAME', 'ENDPOINTS'], rows, 45)).toBe(
      'NAME   ENDPOINTS\nweb    web×3:8080\napi    <none>  no pod has app=ap; Deployment\n       shop/api has app=api\n',
    );
  });

  it('leaves a row in one line where nothing is in its last column', () => {
    const long = 'a'.repeat(40);
    expect(table(['NAME', 'LABELS', 'WHY'], [['web', long, '']], 30)).toBe(
      `NAME   LABELS   WHY\nweb    ${long}\n`,
    );
  });

  it('puts below its row what has no room beside it', () => {
    expect(table(['NAME', 'ENDPOINTS'], rows, 34)).toBe(
      'NAME   ENDPOINTS\nweb    web×3:8080\napi\n    <none>  no pod has app=ap;\n    Deployment shop/api has\n    app=api\n',
    );
  });
});

it('an item of a list goes on below itself, and marks take no room', () => {
  const width = 30;
  const page = '- **one** and `two` and `three` four\n  five\n1. *six* and 2*3*4\n';
  expect(markdown(page, { style: plainStyle, width })).toBe(
    '- one and two and three four\n  five\n1. six and 2*3*4\n',
  );
  expect(markdown(page, { style: ansiStyle(false), width })).toContain(
    '\u001b[34mthree\u001b[39m four\n  five\n',
  );
});

it('markdown is laid out for a terminal', () => {
  const page = `# target-port-name-unresolved

<!-- generated -->
A **named** target port that \`no\` pod has, see [the docs](https://example.com).

| severity | category |
| --- | --- |
| error | \`port\` |

## Bad

\`\`\`yaml
targetPort: htttp # *kept*
\`\`\`

- one item that is longer than a line has room for, so that it wraps
- two
`;
  expect(`\n${markdown(page, { style: plainStyle, width: 50 })}`).toMatchInlineSnapshot(`
    "
    target-port-name-unresolved

    A named target port that no pod has, see the docs
    (https://example.com).

    severity  error
    category  port

    Bad

        targetPort: htttp # *kept*

    - one item that is longer than a line has room
      for, so that it wraps
    - two
    "
  `);
});

describe('nothing that a stranger writes steers what reads it', () => {
  it.each([
    ['\u001b]8;;https://example.com\u0007x', '␛]8;;https://example.com␇x'],
    ['a\u200bb\ufeffc\u2028d\u{e0041}', 'a\ufffdb\ufffdc\ufffdd\ufffd'],
    ['\ud800x\udfff', '\ufffdx\ufffd'],
    ['caf\udce9.yaml', 'caf\\xe9.yaml'],
    ['\u007f', '\u2421'],
  ])('%j is shown as %s', (text, shown) => {
    expect(printable(text)).toBe(shown);
  });

  it.each([
    ['::error::x', './::error::x'],
    [' ::error::x', './ ::error::x'],
    ['##[error]x', './##[error]x'],
    ['a::error::', 'a::error::'],
  ])('the path %j is shown as %s', (path, shown) => {
    expect(shownPath(path)).toBe(shown);
  });

  const hostile = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          '::error::x',
          '##[debug]',
          '##vso[x]',
          '\n',
          ' ',
          '"',
          '\\',
          '\u001b',
          '\u202e',
        ),
        fc.string({ unit: 'binary' }),
        fc.constantFrom('\ud800', '\udce9', '\udfff'),
      ),
      { maxLength: 8 },
    )
    .map((parts) => parts.join(''));
  const command = /^\s*::|##\w*\[/m;
  const hidden = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

  it('as lines', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const shown = harmless(printableLines(text));
        expect(shown).not.toMatch(command);
        expect(shown.replaceAll('\n', '')).not.toMatch(hidden);
      }),
    );
  });

  it('as JSON, which is of the same value', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const written = jsonText({ [text]: [text] });
        expect(written).not.toMatch(command);
        expect(written.replaceAll('\n', '')).not.toMatch(hidden);
        const isWell = !/\p{Cs}/u.test(text);
        if (isWell) expect(JSON.parse(written)).toEqual({ [text]: [text] });
        else
          expect(
            Object.entries(JSON.parse(written) as object)
              .flat(2)
              .join('\n'),
          ).not.toMatch(/\p{Cs}/u);
      }),
    );
  });

  it('as YAML, which is of the same value', () => {
    fc.assert(
      fc.property(
        hostile.filter((text) => !/\p{Cs}/u.test(text)),
        (text) => {
          const value = { a: [text, `${text}\n${text}`], b: { [`k${text}`]: text } };
          const written = yamlText((more) => stringify(value, { lineWidth: 0, ...more }));
          expect(written).not.toMatch(command);
          expect(written.replaceAll('\n', '')).not.toMatch(hidden);
          expect(parse(written)).toEqual(value);
        },
      ),
    );
  });
});

it('a star within code stresses nothing, in a cell of a table neither', () => {
  const page =
    '`/api/*` and `/*` are *not* for **all**\n\n| a | b |\n| --- | --- |\n| `x*` | *y* |\n| `*` | z |\n';
  expect(markdown(page, { style: plainStyle, width: 80 })).toBe(
    '/api/* and /* are not for all\n\na   b\nx*  y\n*   z\n',
  );
});
