/**
 * The goldens of all replayed releases. `golden.json` is the answer of the default release; another
 * release 1.N has a `golden-1.N.json` only where its answer differs in more than the version.
 * `releases.json` says which releases were asked, with which patch version, and for which scenarios
 * the answer was the same.
 */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { asJsonObject, type JsonObject } from '../src/kubernetes/json.ts';
import { readManifest } from '../src/manifest/read.ts';
import { SourceFile } from '../src/manifest/source.ts';
import type { Family } from './control-plane.ts';
import { minorOf } from './release.ts';

interface Replay {
  /** The patch version that answered last, as `1.37.1`. */
  readonly version: string;
  /** The scenarios of which the default release's answer is also its own; that release has none. */
  readonly same?: readonly string[];
}

interface Releases {
  readonly default: string;
  readonly replayed: Record<string, Replay>;
}

type Answer = Readonly<Record<string, unknown>>;

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

export class Goldens {
  /** The folder of scenarios. */
  readonly #root: string;
  /** The release that golden.json is of, as `1.36`. */
  readonly standard: string;
  readonly #releasesFile: string;
  /** By release: `{ '1.37': { version: '1.37.1', same: ['job'] } }`. */
  #replayed: Readonly<Record<string, Replay>>;

  constructor(root: string) {
    this.#root = root;
    this.#releasesFile = join(root, 'releases.json');
    const { default: standard, replayed } = readJson(this.#releasesFile) as Releases;
    this.standard = standard;
    this.#replayed = replayed;
  }

  scenarios(): string[] {
    return readdirSync(this.#root)
      .filter((name) => existsSync(join(this.#root, name, 'scenario.json')))
      .sort();
  }

  /** What their manifests hold, but for what is no object on its own, or has no name. */
  objects(): JsonObject[] {
    return this.scenarios().flatMap((scenario) => {
      const folder = join(this.#root, scenario, 'manifests');
      const files = readdirSync(folder).filter((file) => /\.(?:ya?ml|json)$/.test(file));
      return files.flatMap((file) =>
        readManifest(new SourceFile(file, readFileSync(join(folder, file), 'utf8')))
          .objects.filter(({ name }) => name !== '')
          .map(({ value: { metadata, status: _status, ...rest } }) => {
            const { namespace: _namespace, ...named } = asJsonObject(metadata) ?? {};
            return { ...rest, metadata: named };
          }),
      );
    });
  }

  /** Families of the cluster that a scenario asks for, primary first. */
  familiesOf(scenario: string): readonly [Family, ...Family[]] {
    const file = join(this.#root, scenario, 'scenario.json');
    const { ipFamilies } = readJson(file) as { ipFamilies?: readonly [Family, ...Family[]] };
    return ipFamilies ?? ['IPv4'];
  }

  fileOf(scenario: string, version: string): string {
    const release = `1.${minorOf(version)}`;
    return join(
      this.#root,
      scenario,
      release === this.standard ? 'golden.json' : `golden-${release}.json`,
    );
  }

  /** The patch version that last answered for a release (`1.36`), undefined if none did. */
  versionOf(release: string): string | undefined {
    return this.#replayed[release]?.version;
  }

  /** Whether the release of `version` ever answered a scenario. */
  wasAsked(scenario: string, version: string): boolean {
    const { same = [] } = this.#replayed[`1.${minorOf(version)}`] ?? {};
    return same.includes(scenario) || existsSync(this.fileOf(scenario, version));
  }

  /**
   * Where `answer` (the driver's text) differs from what the release of `version` answered before
   * or, where it never did, from the default release's answer:
   * `['services.shop/web.slices[0].sizes[0]: 2, now 3']`.
   */
  differences(scenario: string, version: string, answer: string): string[] {
    const own = this.fileOf(scenario, version);
    const file = existsSync(own) ? own : join(this.#root, scenario, 'golden.json');
    return existsSync(file)
      ? [...different(answerIn(readFileSync(file, 'utf8')), answerIn(answer))]
      : [];
  }

  /**
   * Stores the answers (the driver's texts by scenario) of a release and notes its version; returns
   * how many files changed.
   */
  write(
    version: string,
    answers: readonly (readonly [scenario: string, answer: string])[],
  ): number {
    const release = `1.${minorOf(version)}`;
    // A replay takes minutes: another release's may have ended meanwhile.
    const { replayed } = readJson(this.#releasesFile) as Releases;
    const same = new Set(replayed[release]?.same);
    let changed = 0;
    for (const [scenario, answer] of answers) {
      const file = this.fileOf(scenario, version);
      const before = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
      const redundant = release !== this.standard && this.#isStandard(scenario, answer);
      if (redundant) {
        same.add(scenario);
        rmSync(file, { force: true });
      } else {
        same.delete(scenario);
        writeFileSync(file, answer);
      }
      if (before !== (redundant ? undefined : answer)) changed += 1;
    }
    replayed[release] = {
      version,
      ...(release !== this.standard && { same: [...same].sort() }),
    };
    this.#replayed = Object.fromEntries(
      Object.entries(replayed).sort(([a], [b]) => minorOf(a) - minorOf(b)),
    );
    const releases: Releases = { default: this.standard, replayed: this.#replayed };
    writeFileSync(this.#releasesFile, `${JSON.stringify(releases, undefined, 2)}\n`);
    return changed;
  }

  /** Whether an answer is that of the default release, apart from the version. */
  #isStandard(scenario: string, answer: string): boolean {
    const file = join(this.#root, scenario, 'golden.json');
    return (
      existsSync(file) && isDeepStrictEqual(answerIn(readFileSync(file, 'utf8')), answerIn(answer))
    );
  }
}

/** Without the version that gave it. */
function answerIn(text: string): Answer {
  const { kubernetes: _, ...answer } = JSON.parse(text) as Answer;
  return answer;
}

function* different(before: unknown, now: unknown, path = ''): Generator<string> {
  if (isDeepStrictEqual(before, now)) return;
  const inner = (value: unknown): value is Answer => typeof value === 'object' && value !== null;
  if (!inner(before) || !inner(now) || Array.isArray(before) !== Array.isArray(now)) {
    yield `${path}: ${JSON.stringify(before)}, now ${JSON.stringify(now)}`;
    return;
  }
  const list = Array.isArray(before);
  for (const key of new Set([...Object.keys(before), ...Object.keys(now)]))
    yield* different(
      before[key],
      now[key],
      list ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`,
    );
}
