/** `--fix --diff`: a patch that applies, and nothing in it that a terminal or a runner obeys. */
import { describe, expect, it } from 'vitest';
import { deployment, run, service } from './run.ts';

const steering = '\u202e';
const files = {
  'a.yaml': `${deployment('web')}apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector: { app: web }
  ports:
    # ${steering} ##[error]x
    - port: 80
      targetPort: htpp
  externalName: >-
    ::error::PWNED
`,
};
const patch = (more = {}) => run(['lint', '--fix=unsafe', '--diff', '.'], { files, ...more });
const told = /the patch holds control characters or commands to CI systems/;

describe('a patch', () => {
  it('is written as it is where nothing reads it for commands', async () => {
    const { out, err } = await patch();
    expect(out).toContain('\n     ::error::PWNED\n');
    expect(err).not.toMatch(told);
  });

  it.each([
    ['a terminal', { terminal: 80 }],
    ['a runner', { env: { GITHUB_ACTIONS: 'true' } }],
    ['any CI system', { env: { CI: 'true' } }],
  ])('is shown, not given out, to %s', async (_, more) => {
    const { out, err } = await patch(more);
    expect(out).toMatch(/^-.*htpp/m);
    expect(out).not.toContain(steering);
    expect(out).not.toMatch(/^\s*::error|##\[/m);
    expect(err.replace(/\s+/g, ' ')).toMatch(told);
  });

  it('without any of it is the same everywhere', async () => {
    const plain = { 'a.yaml': deployment('web') + service('web', { target: 'htpp' }) };
    const argv = ['lint', '--fix=unsafe', '--diff', '.'];
    const [there, here] = [
      await run(argv, { files: plain }),
      await run(argv, { files: plain, terminal: 80 }),
    ];
    expect(here.out).toBe(there.out);
    expect(here.err).not.toMatch(told);
  });
});
