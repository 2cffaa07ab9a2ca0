/** What the system, or the door to the disk, has against reading a path. */
import { getOwn } from '../own.ts';
import { mostDirectoryDepth, mostFileBytes } from '../text/limits.ts';
import type { InputProblem } from './inputs.ts';

/** Why a path gave no text. */
const systemMessages: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  ENOTDIR: 'does not exist: a part of the path is a file',
  EACCES: 'may not be read: permission denied',
  EPERM: 'may not be read: operation not permitted',
  ELOOP: 'is a symbolic link that leads back to itself',
  EISDIR: 'is a directory',
  ENAMETOOLONG: 'does not exist: the name is too long',
  EDEPTH: `lies below more than ${mostDirectoryDepth} directories, so it is not listed`,
  EFBIG: `is larger than ${mostFileBytes / 1024 / 1024} MiB, the most that is read of a file`,
  EOUTSIDE:
    'leads outside of the working directory and its repository, so it is not read; ' +
    '--allow-outside reads it',
};

const codes: Readonly<Record<string, InputProblem['code']>> = {
  ENOENT: 'missing',
  ENOTDIR: 'missing',
  ENAMETOOLONG: 'missing',
  ELOOP: 'loop',
  EKIND: 'special',
  EDEPTH: 'too-large',
  EFBIG: 'too-large',
  EOUTSIDE: 'outside',
};

export function systemProblem(path: string, error: unknown, explicit: boolean): InputProblem {
  const {
    code = '',
    message,
    kind: special,
  } = error as NodeJS.ErrnoException & {
    readonly kind?: string;
  };
  const dangling = code === 'ENOENT' && !explicit;
  return {
    code: getOwn(codes, code) ?? 'unreadable',
    path,
    explicit,
    message: dangling
      ? 'is a symbolic link that leads nowhere'
      : special !== undefined
        ? `is ${special}, not a file`
        : (getOwn(systemMessages, code) ?? `cannot be read: ${message}`),
  };
}
