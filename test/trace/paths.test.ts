/**
 * Whole paths, one to a file of paths/: each begins with what is asked and what is answered. The
 * words of the last hop are those that somebody reads who looks for the fault.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { run } from '../cli/run.ts';

const schema = join(import.meta.dirname, '../../schema/trace.v1.schema.json');
const validate = new Ajv2020({ strict: false, allErrors: true }).compile(
  JSON.parse(readFileSync(schema, 'utf8')) as object,
);

interface Report {
  readonly traces: readonly {
    readonly state: string;
    readonly hops: readonly {
      readonly step: string;
      readonly state: string;
      readonly text: string;
    }[];
  }[];
}

const paths = join(import.meta.dirname, 'paths');

it.each(readdirSync(paths))('%s', async (file) => {
  const text = readFileSync(join(paths, file), 'utf8');
  const said = (key: string): string => new RegExp(`^# ${key}: (.*)$`, 'm').exec(text)?.[1] ?? '';
  const { code, out } = await run(
    ['trace', ...said('trace').split(' '), 'app.yaml', '-o', 'json'],
    {
      files: { 'app.yaml': text },
    },
  );
  const report = JSON.parse(out) as Report;
  expect(validate(report), JSON.stringify(validate.errors)).toBe(true);
  const [trace, ...others] = report.traces;
  expect(others).toEqual([]);
  expect({
    code,
    state: trace?.state,
    steps: trace?.hops.map(({ step }) => step.replace(' ', '-')).join(' '),
    last: trace?.hops.at(-1)?.text,
  }).toEqual({
    code: said('state') === 'broken' ? 1 : 0,
    state: said('state'),
    steps: said('steps'),
    last: said('last'),
  });
});
