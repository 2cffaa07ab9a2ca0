/**
 * Rules that somebody else wrote: loaded, checked, set and run; and every way in which that goes
 * wrong.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import {
  lint,
  load,
  type Plugin,
  PluginError,
  pluginRules,
  readConfig,
  type Rule,
  rules,
} from '../../src/index.ts';
import { run, service } from '../cli/run.ts';
import { sarifErrors } from '../support/sarif-schema.ts';
import { root } from './published.ts';

const meta = {
  id: 'acme/bad-name',
  category: 'name',
  severity: 'warning',
  since: '1.0.0',
  scope: 'object',
  kinds: ['Service'],
  title: 'has a bad name',
  summary: 'A Service is called bad',
  why: 'because',
  fixable: false,
} as const;
const check: NonNullable<Rule['check']> = ({ cluster, report }) => {
  for (const { object } of cluster.services)
    report({ object, at: ['metadata', 'name'], id: 'bad', data: { name: object.name } as never });
};
const messages = { bad: ({ name }: { name: string }) => `"${name}" is bad` };
const rule = { meta, messages, check };
const manifests = load([{ path: 'web.yaml', text: service('web') }]);

describe('pluginRules', () => {
  it('takes plain objects', () => {
    const own = pluginRules({ name: 'acme', rules: [rule] } satisfies Plugin, './own.js');
    expect(lint(manifests, { rules: own }).diagnostics).toMatchObject([
      {
        rule: 'acme/bad-name',
        messageId: 'bad',
        message: '"web" is bad',
        title: 'Service default/web has a bad name',
      },
    ]);
    expect(lint(manifests, { rules: own }).diagnostics[0]).not.toHaveProperty('url');
  });

  it('gives a rule its own page', () => {
    const own = pluginRules(
      { name: 'acme', rules: [{ ...rule, meta: { ...meta, url: 'https://acme.example/bad' } }] },
      'acme',
    );
    expect(lint(manifests, { rules: own }).diagnostics).toMatchObject([
      { url: 'https://acme.example/bad' },
    ]);
  });

  const withMeta = (more: object): unknown => ({
    name: 'acme',
    rules: [{ ...rule, meta: { ...meta, ...more } }],
  });
  const withOptions = (schema: unknown): unknown => withMeta({ options: { label: schema } });
  it.each<[string, unknown, string]>([
    ['nothing', undefined, 'has no default export of the form { name, rules }'],
    ['a list', [rule], 'has no default export of the form { name, rules }'],
    ['no name', { rules: [rule] }, 'has no name'],
    [
      'a name with capitals',
      { name: 'Acme', rules: [rule] },
      'cannot be called "Acme"; a name is in kebab case, as in "acme"',
    ],
    ['our name', { name: 'kubeplumb', rules: [rule] }, 'cannot be called "kubeplumb"'],
    ['no rules', { name: 'acme', rules: [] }, 'has no rules'],
    [
      'something that is not a rule',
      { name: 'acme', rules: [null] },
      'rules[0] is not a rule; it needs meta, messages and check',
    ],
    [
      'an id without its name',
      withMeta({ id: 'bad-name' }),
      'rules[0] ("bad-name") has no id of the form "acme/rule-id"',
    ],
    [
      'an id in capitals',
      withMeta({ id: 'acme/Bad' }),
      'rules[0] ("acme/Bad") has no id of the form "acme/rule-id"',
    ],
    [
      'two rules of one id',
      { name: 'acme', rules: [rule, rule] },
      'has two rules called "acme/bad-name"',
    ],
    [
      'an unknown severity',
      withMeta({ severity: 'fatal' }),
      'rules[0] ("acme/bad-name") needs meta.severity: one of error, warning, info',
    ],
    [
      'an unknown category',
      withMeta({ category: 'team' }),
      'needs meta.category: one of selector, port, probe, name',
    ],
    ['no title', withMeta({ title: undefined }), 'needs meta.title: what it says of an object'],
    [
      'kinds that are not a list',
      withMeta({ kinds: 'Service' }),
      'needs meta.kinds: a list of kinds',
    ],
    ['an address that is none', withMeta({ url: 'acme' }), 'needs meta.url: an https:// address'],
    ['no messages', { name: 'acme', rules: [{ meta, check }] }, 'has no messages'],
    [
      'a message that is a text',
      { name: 'acme', rules: [{ meta, check, messages: { bad: 'bad' } }] },
      'needs messages.bad to be a function',
    ],
    ['no check', { name: 'acme', rules: [{ meta, messages }] }, 'has no check function'],
    [
      'an option that is no schema',
      withOptions('string'),
      'has an option "label" that is not a schema',
    ],
    [
      'an option of an unknown type',
      withOptions({ type: 'text' }),
      'has an option "label" that has a wrong schema: "type" cannot be "text"; legal values: array',
    ],
    [
      'a misspelt type',
      withOptions({ type: 'array', items: { type: 'strin' } }),
      'has a wrong schema: "items.type" cannot be "strin"; did you mean "string"?',
    ],
    [
      'a misspelt keyword',
      withOptions({ type: 'number', minimun: 1 }),
      'has an option "label" that has a wrong schema: unknown keyword: "minimun"',
    ],
    [
      'a limit that is no number',
      withOptions({ type: 'number', minimum: '1' }),
      'has a wrong schema: "minimum" must be a number, not a string',
    ],
    [
      'a pattern that is none',
      withOptions({ type: 'string', pattern: '(' }),
      'has an option "label" that has a wrong schema: ',
    ],
    [
      'a reference to nowhere',
      withOptions({ $ref: '#/definitions/label' }),
      'has an option "label" that has a wrong schema: ',
    ],
    [
      'a default that is not legal',
      withOptions({ type: 'integer', minimum: 1, description: 'a', default: 0 }),
      'has an option "label" that has a default that its schema refuses: "default" must be at least 1',
    ],
    [
      'no default',
      withOptions({ type: 'string', description: 'a' }),
      'has an option "label" without description and default',
    ],
    [
      'an option called severity',
      withMeta({ options: { severity: {} } }),
      'cannot call an option "severity"',
    ],
  ])('refuses %s', (_, plugin, message) => {
    expect(() => pluginRules(plugin, './own.js')).toThrow(PluginError);
    expect(() => pluginRules(plugin, './own.js')).toThrow(/^plugin "\.\/own\.js" /);
    expect(() => pluginRules(plugin, './own.js')).toThrow(message);
  });

  it('refuses a second plugin of a name', () => {
    const first = pluginRules({ name: 'acme', rules: [rule] }, 'one');
    expect(() => pluginRules({ name: 'acme', rules: [rule] }, 'two', [...rules, ...first])).toThrow(
      'plugin "two" is called "acme", and so is another plugin',
    );
  });

  const object = { source: { document: {} } };
  it.each<[string, unknown, RegExp]>([
    [
      'throws',
      () => (undefined as unknown as { a: string }).a,
      /failed: TypeError: Cannot read properties of undefined \(reading 'a'\) \(plugins\.test\.ts:\d+:\d+\)$/,
    ],
    [
      'throws what is not an error',
      () => {
        // eslint-disable-next-line @typescript-eslint/only-throw-error -- what a plugin may do
        throw 'no';
      },
      /failed: no$/,
    ],
    [
      'reports an unknown message',
      ({ report }: never) => (report as (finding: object) => void)({ id: 'bax', object, at: [] }),
      /reports message "bax", which it does not have; did you mean "bad"\?$/,
    ],
    [
      'reports nothing at all',
      ({ report }: never) => (report as () => void)(),
      /reports message "undefined", which it does not have; its messages: bad$/,
    ],
    [
      'reports without an object',
      ({ report }: never) => (report as (finding: object) => void)({ id: 'bad', at: [] }),
      /reports without an object of the cluster$/,
    ],
    [
      'reports without a path',
      ({ report }: never) => (report as (finding: object) => void)({ id: 'bad', object }),
      /reports without a path: at: \['metadata', 'name'\]$/,
    ],
    [
      'reports with an unknown severity',
      ({ report }: never) =>
        (report as (finding: object) => void)({ id: 'bad', object, at: [], severity: 'fatal' }),
      /reports with severity "fatal"; legal values: error, warning, info$/,
    ],
    [
      'names a related place without a path',
      ({ report }: never) =>
        (report as (finding: object) => void)({ id: 'bad', object, at: [], related: [{ object }] }),
      /names a related place without a path/,
    ],
    [
      'reports a document without a range',
      ({ reportDocument }: never) => (reportDocument as (finding: object) => void)({ id: 'bad' }),
      /reports without a document and a range in it$/,
    ],
    [
      'leaves a question open without a reason',
      ({ unknown }: never) => (unknown as (place: object) => void)({ object, at: [] }),
      /leaves a question open without a reason$/,
    ],
  ])('tells whose fault it is when a rule %s', (_, broken, message) => {
    const own = pluginRules({ name: 'acme', rules: [{ ...rule, check: broken }] }, './own.js');
    const { faults, diagnostics } = lint(manifests, { rules: [...own, ...rules] });
    expect(faults).toHaveLength(1);
    expect(faults[0]?.message).toContain(': plugin "./own.js": rule "acme/bad-name" ');
    expect(faults[0]?.message).toMatch(message);
    expect(diagnostics).toEqual(lint(manifests, { rules }).diagnostics);
  });

  it.each<[string, unknown, string]>([
    [
      'throws',
      () => (undefined as unknown as { a: string }).a,
      'cannot word its message "bad": TypeError',
    ],
    ['gives no text', () => 1, 'has a message "bad" that gives no text'],
  ])('tells whose fault it is when a message %s', (_, bad, message) => {
    const own = pluginRules({ name: 'acme', rules: [{ ...rule, messages: { bad } }] }, './own.js');
    expect(lint(manifests, { rules: own }).faults[0]?.message).toContain(message);
  });

  it('lets the configuration set their options', () => {
    const options = { label: { type: 'string', default: 'team', description: 'a label' } } as const;
    const own = pluginRules(
      { name: 'acme', rules: [{ ...rule, meta: { ...meta, options } }] },
      'acme',
    );
    const all = [...rules, ...own];
    expect(
      readConfig(
        { path: 'k.yaml', text: 'rules: { acme/bad-name: { label: 1 } }' },
        { rules: all },
      ),
    ).toMatchObject({
      problems: [
        {
          message:
            '"rules.acme/bad-name.label" must be a string, not a whole number; quote it: "1"',
        },
      ],
    });
    const settings = readConfig(
      { path: 'k.yaml', text: 'rules: { acme/bad-name: { label: owner } }' },
      { rules: all },
    );
    if ('problems' in settings) throw new Error('it is legal');
    const meta2 = own[0]?.meta as Rule['meta'];
    expect(settings.severities?.options(meta2)).toEqual({ label: 'owner' });
  });
});

const module = (name: string, body = '', more = ''): string => `
  ${more}
  export default { name: '${name}', rules: [{
    meta: { id: '${name}/bad-name', category: 'name', severity: 'warning', since: '1', scope: 'object', kinds: ['Service'], title: 'has a bad name',
      summary: 'A bad name', why: 'because', fixable: false,
      options: { name: { type: 'string', default: 'web', description: 'what is bad' } } },
    messages: { bad: ({ name }) => name + ' is bad' },
    check({ cluster, options, report }) {
      ${body}
      for (const { object } of cluster.services)
        if (object.name === options.name) report({ object, at: ['metadata', 'name'], id: 'bad', data: { name: object.name } });
    },
  }] };`;
const files = { 'web.yaml': service('web'), 'own.mjs': module('acme') };
const named = {
  ...files,
  'kubeplumb.yaml': 'plugins: [./own.mjs]\nrules: { acme/bad-name: error }\n',
};

describe('--plugin', () => {
  it.each(['./own.mjs', 'own.mjs'])('runs the rules of %s', async (path) => {
    const { code, out, err } = await run(['--plugin', path, '-o', 'oneline', 'web.yaml'], {
      files,
    });
    expect({ code, out, err }).toEqual({
      code: 0,
      out: expect.stringContaining(
        'web.yaml:4:9: warning: Service default/web has a bad name: web is bad [acme/bad-name]\n',
      ) as string,
      err: '',
    });
  });

  it.each([
    ['exports', '{"exports":{".":{"import":"./lib/a.mjs","require":"./none.cjs"}}}', 'lib/a.mjs'],
    ['exports that is a text', '{"exports":"./lib/a.mjs"}', 'lib/a.mjs'],
    ['main', '{"main":"lib/a.mjs"}', 'lib/a.mjs'],
    ['nothing', '{"type":"module"}', 'index.js'],
  ])('finds a package by %s', async (_, manifest, entry) => {
    const packaged = {
      'web.yaml': service('web'),
      'node_modules/@a/plugin/package.json': manifest,
      [`node_modules/@a/plugin/${entry}`]: module('acme'),
    };
    expect(
      (await run(['--plugin', '@a/plugin', '-o', 'oneline', 'web.yaml'], { files: packaged })).out,
    ).toContain('[acme/bad-name]');
    expect(
      (
        await run(['--plugin', 'node_modules/@a/plugin', '-o', 'oneline', 'web.yaml'], {
          files: packaged,
        })
      ).out,
    ).toContain('[acme/bad-name]');
  });

  it.each<[string, readonly string[], Record<string, string>, string]>([
    [
      'a file that is not there',
      ['./owm.mjs'],
      {},
      'plugin "./owm.mjs" does not exist; did you mean "own.mjs"?',
    ],
    [
      'a package that is not there',
      ['kubeplumb-plugin-acme'],
      {},
      'plugin "kubeplumb-plugin-acme" is not installed: it is in no node_modules from ',
    ],
    [
      'a directory',
      ['./dir'],
      { 'dir/a.txt': '' },
      'plugin "./dir" is a directory without a package.json',
    ],
    ['no JavaScript', ['web.yaml'], {}, 'plugin "web.yaml" cannot be loaded: '],
    [
      'a syntax error',
      ['x.mjs'],
      { 'x.mjs': 'export default {' },
      'plugin "x.mjs" cannot be loaded: ',
    ],
    [
      'a module that throws',
      ['x.mjs'],
      { 'x.mjs': 'throw new Error("no")' },
      'plugin "x.mjs" cannot be loaded: Error: no',
    ],
    [
      'an import that is not there',
      ['x.mjs'],
      { 'x.mjs': 'import "nowhere-to-be-found"' },
      'plugin "x.mjs" cannot be loaded: ',
    ],
    [
      'no default export',
      ['x.mjs'],
      { 'x.mjs': 'export const a = 1' },
      'plugin "x.mjs" has no default export of the form { name, rules }',
    ],
    [
      'two of a name',
      ['own.mjs', 'x.mjs'],
      { 'x.mjs': module('acme') },
      'plugin "x.mjs" is called "acme", and so is another plugin',
    ],
    [
      'a rule that throws',
      ['x.mjs'],
      { 'x.mjs': module('acme', 'null.a;') },
      'plugin "x.mjs": rule "acme/bad-name" failed: TypeError: ',
    ],
  ])('tells of %s in one line', async (_, plugins, more, message) => {
    const { code, err } = await run(
      [...plugins.flatMap((path) => ['--plugin', path]), 'web.yaml'],
      { files: { ...files, ...more } },
    );
    expect(code).toBe(2);
    expect(err).toMatch(/^error: /);
    expect(err).toContain(message);
    expect(err).not.toMatch(/^\s+at /m);
    expect(err.trimEnd().split('\n').length).toBeLessThanOrEqual(2);
  });
});

describe('plugins of the configuration', () => {
  it('are not run unless the command line allows it', async () => {
    const trap = { ...named, 'own.mjs': module('acme', '', 'globalThis.kubeplumbTrap = true;') };
    const { code, out, err } = await run(['-o', 'oneline', '.'], { files: trap });
    expect({ code, out, err }).toEqual({
      code: 2,
      out: '',
      err: 'kubeplumb.yaml:1:11: error: plugin "./own.mjs" is code that would run here; --allow-plugins on the command line allows it\n',
    });
    expect(globalThis).not.toHaveProperty('kubeplumbTrap');
  });

  it('run with --allow-plugins, as they are set', async () => {
    const { code, out, err } = await run(['--allow-plugins', '-o', 'oneline', '.'], {
      files: named,
    });
    expect({ code, out, err }).toMatchObject({
      code: 1,
      out: expect.stringContaining('error: Service default/web has a bad name') as string,
      err: '',
    });
  });

  it('are looked for from the configuration on, and loaded once', async () => {
    const below = {
      'ops/own.mjs': files['own.mjs'],
      'ops/k.yaml': 'plugins: [own.mjs]\n',
      'web.yaml': files['web.yaml'],
    };
    const { out } = await run(
      [
        '--allow-plugins',
        '--plugin',
        './ops/own.mjs',
        '-c',
        'ops/k.yaml',
        '-o',
        'oneline',
        'web.yaml',
      ],
      {
        files: below,
      },
    );
    expect(out.match(/\[acme\/bad-name\]/g)).toHaveLength(1);
  });

  it('are told of at their line when they are wrong', async () => {
    const config = 'plugins:\n  - ./own.mjs\n  - ./owm.mjs\n  - acme\n';
    const { code, err } = await run(['--allow-plugins', '-o', 'oneline', '.'], {
      files: { ...named, 'kubeplumb.yaml': config },
    });
    expect(code).toBe(2);
    expect(err.split('\n')).toEqual([
      'kubeplumb.yaml:3:5: error: plugin "./owm.mjs" does not exist; did you mean "own.mjs"?',
      expect.stringMatching(
        /^kubeplumb\.yaml:4:5: error: plugin "acme" is not installed: /,
      ) as string,
      '',
    ]);
  });

  it.each([
    [
      'an option that is not there',
      '{ nam: db }',
      'unknown key "nam" in "rules.acme/bad-name"; did you mean "name"?',
    ],
    [
      'a value of another type',
      '{ name: 1 }',
      '"rules.acme/bad-name.name" must be a string, not a whole number; quote it: "1"',
    ],
  ])('have options that are checked: %s', async (_, setting, message) => {
    const config = `plugins: [./own.mjs]\nrules: { acme/bad-name: ${setting} }\n`;
    expect(
      (
        await run(['--allow-plugins', '.', '-o', 'oneline'], {
          files: { ...named, 'kubeplumb.yaml': config },
        })
      ).err,
    ).toContain(message);
  });

  it('have their options', async () => {
    const config = 'plugins: [./own.mjs]\nrules: { acme/bad-name: { name: db } }\n';
    const { out } = await run(['--allow-plugins', '.', '-o', 'oneline'], {
      files: { ...named, 'kubeplumb.yaml': config },
    });
    expect(out).not.toContain('[acme/bad-name]');
  });

  it('do not matter to get and describe', async () => {
    for (const argv of [
      ['get', 'endpoints', '.'],
      ['describe', 'service', 'web', '.'],
      ['config', '--units', '.'],
    ])
      expect((await run(argv, { files: named })).err).not.toContain('plugin');
  });

  it('are in the effective configuration', async () => {
    const { out } = await run(['config', '--allow-plugins'], { files: named });
    expect(out).toMatch(
      /^ {2}acme\/bad-name:\n {4}severity: error +# kubeplumb.yaml:2\n {4}name: web +# default$/m,
    );
  });

  it('run on both sides of a diff', async () => {
    const sides = { ...named, 'a/web.yaml': service('db'), 'b/web.yaml': service('web') };
    const { out } = await run(['diff', 'a', 'b', '--allow-plugins'], { files: sides });
    expect(out).toContain('acme/bad-name');
  });
});

describe('rules of plugins', () => {
  it('can be picked and silenced like ours', async () => {
    const ignoring = {
      ...named,
      'web.yaml': service('web').replace(
        'name: web',
        'name: web # kubeplumb-ignore[acme/bad-name]: known',
      ),
    };
    expect(
      await run(['--allow-plugins', '--rule', 'acme/bad-name', '.'], { files: named }),
    ).toMatchObject({ code: 1 });
    expect(
      (await run(['--allow-plugins', '--rule', 'acme/bed-name', '.'], { files: named })).err,
    ).toContain('did you mean "acme/bad-name"?');
    const { code, out } = await run(['--allow-plugins', '-o', 'oneline', '.'], { files: ignoring });
    expect({ code, out: out.includes('ignore') }).toEqual({ code: 0, out: false });
  });

  it('are listed and explained', async () => {
    expect((await run(['rules', '--allow-plugins', '-o', 'name'], { files: named })).out).toMatch(
      /^acme\/bad-name$/m,
    );
    expect((await run(['rules', '--plugin', 'own.mjs', '-o', 'name'], { files })).out).toMatch(
      /^acme\/bad-name$/m,
    );
    expect((await run(['rules', '-o', 'name'], { files: named })).out).not.toContain('acme');
    expect(
      (await run(['explain', '--allow-plugins', 'acme/bad-name'], { files: named })).out,
    ).toContain('name: what is bad; default "web"');
    expect((await run(['explain', '--allow-plugins', 'bad-name'], { files: named })).err).toContain(
      'unknown rule "bad-name"; there is acme/bad-name\n',
    );
    expect(
      (await run(['explain', '--allow-plugins', 'acme/bad-nam'], { files: named })).err,
    ).toContain('unknown rule "acme/bad-nam"; did you mean "acme/bad-name"?\n');
    expect((await run(['explain', 'acme/bad-name'], { files: named })).err).toContain(
      '--allow-plugins or --plugin PATH loads it',
    );
  });

  it.each([
    ['', 'no rule of plugin acme runs: acme/bad-name is in the preset security'],
    ['--preset security', ''],
    ['--rule acme/bad-name', ''],
    ['--disable duplicate-object', ''],
  ])('of a preset that nobody asked for are told: %s', async (flags, hint) => {
    const own = files['own.mjs'].replace(
      /category: '[a-z]+'|"category":"[a-z]+"/,
      "category: 'security'",
    );
    const line = ['--plugin', 'own.mjs', ...flags.split(' ').filter(Boolean), 'web.yaml'];
    const { out } = await run(line, { files: { ...files, 'own.mjs': own } });
    const [told = ''] = out.split('\n').filter((text) => text.startsWith('hint: '));
    expect(told.replace('hint: ', '')).toBe(hint);
  });

  it.each(['json', 'sarif', 'github', 'gitlab', 'junit', 'checkstyle', 'markdown', 'pretty'])(
    'are in every report: %s',
    async (format) => {
      const { out } = await run(['--allow-plugins', '-o', format, 'web.yaml'], { files: named });
      expect(out).toContain('acme/bad-name');
      expect(out).not.toContain('undefined');
    },
  );

  it('keep the reports for programs within their schemas', async () => {
    const schema = JSON.parse(
      readFileSync(join(root, 'schema/lint-report.v1.schema.json'), 'utf8'),
    ) as object;
    const validate = new Ajv2020({ strict: false, allErrors: true }).compile(schema);
    const [json, sarif] = [
      await run(['--allow-plugins', '-o', 'json', '.'], { files: named }),
      await run(['--allow-plugins', '-o', 'sarif', '.'], { files: named }),
    ];
    expect(validate(JSON.parse(json.out)), JSON.stringify(validate.errors)).toBe(true);
    expect(sarifErrors(JSON.parse(sarif.out))).toEqual([]);
  });
});
