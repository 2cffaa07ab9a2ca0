/**
 * A directory that git takes for a repository, and whose configuration names a program: what a pull
 * request can add.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface GitTrap {
  /** The id of a commit that the repository claims to have, and would fetch. */
  readonly missing: string;
  readonly hasRun: () => boolean;
  /** What plain git does there. */
  readonly walkInto: () => void;
}

const missing = '0123456789abcdef0123456789abcdef01234567';

/** @param mark the file that the program makes */
export function plantTrap(directory: string, mark: string): GitTrap {
  const files: Readonly<Record<string, string>> = {
    HEAD: 'ref: refs/heads/main\n',
    'refs/heads/main': `${missing}\n`,
    'refs/remotes/origin/main': `${missing}\n`,
    'objects/info/keep': '',
    config: hostileConfig(mark, 'bare = true'),
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
  return {
    missing,
    hasRun: () => existsSync(mark),
    walkInto: () => {
      const env = { ...process.env, GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' };
      spawnSync('git', ['rev-parse', 'HEAD^{commit}'], { cwd: directory, env });
    },
  };
}

/** Every setting that makes git run a program, or reach for another place, when it reads. */
export function hostileConfig(mark: string, core = ''): string {
  const command = `touch ${mark};false`;
  return `[core]
\trepositoryFormatVersion = 1
\t${core}
\tfsmonitor = "${command}"
\thooksPath = ${dirname(mark)}
\tpager = "${command}"
\teditor = "${command}"
\tsshCommand = "${command}"
\tgitProxy = "${command}"
\taskPass = "${command}"
\talternateRefsCommand = "${command}"
\tattributesFile = /dev/zero
[extensions]
\tpartialClone = origin
[remote "origin"]
\tpromisor = true
\turl = .
\tpartialclonefilter = blob:none
\tuploadpack = "${command}"
[protocol]
\tallow = always
[protocol "file"]
\tallow = always
[protocol "ext"]
\tallow = always
[url "ext::sh -c touch% ${mark} "]
\tinsteadOf = https://
[alias]
\trev-parse = "!${command}"
\tls-tree = "!${command}"
\tcat-file = "!${command}"
[pager]
\trev-parse = "${command}"
\tls-tree = "${command}"
[diff]
\texternal = "${command}"
[diff "yaml"]
\ttextconv = "${command}"
[filter "yaml"]
\tsmudge = "${command}"
\tclean = "${command}"
\tprocess = "${command}"
[credential]
\thelper = "!${command}"
[gpg]
\tprogram = "${command}"
[log]
\tshowSignature = true
[interactive]
\tdiffFilter = "${command}"
[sequence]
\teditor = "${command}"
[trace2]
\teventTarget = ${mark}
[uploadpack]
\tpackObjectsHook = "${command}"
[safe]
\tbareRepository = all
\tdirectory = *
`;
}
