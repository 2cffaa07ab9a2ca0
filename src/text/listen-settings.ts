/**
 * Where programs are told to listen, in flags, variables and files of whatever program: by the
 * words that nearly all of them use for it, and never by a port that may be another host's.
 */

export interface ListenSetting {
  readonly port: number;
  /** Where the port stands in the text. */
  readonly offset: number;
  /** The words of the setting: `metrics`, `bind`, `address`. */
  readonly words: readonly string[];
}

/** With these words alone a setting says where the program itself listens. */
const own: ReadonlySet<string> = new Set(
  (
    'address addr bind http https grpc web server servers secure insecure listen listener ' +
    'listeners port api metrics health healthz probe admin management serving serve webhook ' +
    'telemetry prometheus console ui rest tcp service public internal app main on to'
  ).split(' '),
);
/** Without one of these it may be any number. */
const listening = /^(?:listen|listener|bind|port|address|addr|serve|serving)$/;
/** A number behind one of these, in a file, is nothing but where it listens. */
const certain = /^(?:listen|listener|bind)$/;

/** `--metrics-bind-address`, `HTTP_Port`, `listenPort` as words. */
export function wordsOf(setting: string): string[] {
  return setting
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

/** The setting of a flag or a variable by its name and what it is given. */
export function listenSetting(
  name: string,
  value: string,
): Omit<ListenSetting, 'offset'> | undefined {
  const words = wordsOf(name);
  if (words.length === 0 || !words.every((word) => own.has(word))) return undefined;
  if (!words.some((word) => listening.test(word))) return undefined;
  const [, digits] = ownAddress.exec(value.slice(0, 100)) ?? [];
  return digits === undefined ? undefined : { port: Number(digits), words };
}

/** `8080`, `:8080`, `0.0.0.0:8080`, `[::]:8080`, `*:8080`, `${POD_IP}:8080`. */
const ownAddress = /^["']?(?:(?:0\.0\.0\.0|\*|\[::\]|\$[({][\w:.]{1,60}[)}])?:)?(\d{2,5})\/?["']?$/;

/** A setting and its value: `bind *:80`, `listen_port = 6432`, `endpoint: 0.0.0.0:4317`. */
const line =
  /^[ \t]*(?:- )?["']?([A-Za-z][\w.-]{0,60})["']?[ \t]{0,20}[:=]?[ \t]{0,20}(?:["']?(?:(?:tcp|https?):\/\/)?(?:(?:0\.0\.0\.0|\*|\[::\]|\$[({][\w:.]{1,60}[)}])?(:))?(\d{2,5}))(?=\/?["']?(?:[;,}\s]|$))/;
/** The address of a site in a Caddyfile. */
const site = /^:(\d{2,5})[ \t]{0,20}\{?[ \t]*$/;

/** In the order of the text; comments begin with `#`, `;` or `//`. */
export function listenSettings(text: string): ListenSetting[] {
  const found: ListenSetting[] = [];
  let start = 0;
  for (const written of text.split('\n')) {
    const setting = written.length > 300 ? undefined : settingIn(written);
    if (setting !== undefined) found.push({ ...setting, offset: start + setting.offset });
    start += written.length + 1;
  }
  return found;
}

function settingIn(written: string): ListenSetting | undefined {
  const [, bare] = site.exec(written) ?? [];
  if (bare !== undefined) return { port: Number(bare), offset: 1, words: [] };
  const [all = '', name = '', colon, digits] = line.exec(written) ?? [];
  if (digits === undefined) return undefined;
  const words = wordsOf(name);
  const isAddress = colon !== undefined && (words.includes('endpoint') || words.some(isListening));
  const isPort =
    words.some((word) => certain.test(word)) ||
    (words.length > 1 && words.every((word) => own.has(word)));
  if (!isAddress && !(isPort && words.some(isListening))) return undefined;
  return { port: Number(digits), offset: all.length - digits.length, words };
}

const isListening = (word: string): boolean => listening.test(word);
