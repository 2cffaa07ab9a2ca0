/**
 * The goldens of all replayed releases. `golden.json` is the answer of the default release; another release 1.N has a `golden-1.N.json` only where its answer
 * differs in more than the version. `releases.json` says which releases were asked, with which patch version, and for which scenarios the answer was the same.
 */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { minorOf } from './release.mjs';

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

export class Goldens {
  /** @param {string} root the folder of scenarios */
  constructor(root) {
    this.root = root;
    this.releasesFile = join(root, 'releases.json');
    const { default: standard, replayed } = readJson(this.releasesFile);
    /** The release that golden.json is of, as `1.36`. */
    this.standard = standard;
    /** By release: `{ '1.37': { version: '1.37.1', same: ['job'] } }`; the default release has no `same`. */
    this.replayed = replayed;
  }

  scenarios() {
    return readdirSync(this.root)
      .filter((name) => existsSync(join(this.root, name, 'scenario.json')))
      .sort();
  }

  /** Families of the cluster that a scenario asks for, primary first. */
  familiesOf(scenario) {
    return readJson(join(this.root, scenario, 'scenario.json')).ipFamilies ?? ['IPv4'];
  }

  fileOf(scenario, version) {
    const release = `1.${minorOf(version)}`;
    return join(
      this.root,
      scenario,
      release === this.standard ? 'golden.json' : `golden-${release}.json`,
    );
  }

  /** The patch version that last answered for a release (`1.36`), undefined if none did. */
  versionOf(release) {
    return this.replayed[release]?.version;
  }

  /** Whether the release of `version` ever answered a scenario. */
  wasAsked(scenario, version) {
    const { same = [] } = this.replayed[`1.${minorOf(version)}`] ?? {};
    return same.includes(scenario) || existsSync(this.fileOf(scenario, version));
  }

  /**
   * Where `answer` (the driver's text) differs from what the release of `version` answered before or, where it never did, from the default release's answer:
   * `['services.shop/web.slices[0].sizes[0]: 2, now 3']`.
   */
  differences(scenario, version, answer) {
    const own = this.fileOf(scenario, version);
    const file = existsSync(own) ? own : join(this.root, scenario, 'golden.json');
    return existsSync(file)
      ? [...different(withoutVersion(readJson(file)), withoutVersion(JSON.parse(answer)))]
      : [];
  }

  /** Stores the answers (the driver's texts by scenario) of a release and notes its version; returns how many files changed. */
  write(version, answers) {
    const release = `1.${minorOf(version)}`;
    // A replay takes minutes: another release's may have ended meanwhile.
    this.replayed = readJson(this.releasesFile).replayed;
    const same = new Set(this.replayed[release]?.same);
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
    this.replayed[release] = {
      version,
      ...(release !== this.standard && { same: [...same].sort() }),
    };
    const replayed = Object.fromEntries(
      Object.entries(this.replayed).sort(([a], [b]) => minorOf(a) - minorOf(b)),
    );
    writeFileSync(
      this.releasesFile,
      `${JSON.stringify({ default: this.standard, replayed }, undefined, 2)}\n`,
    );
    return changed;
  }

  /** Whether an answer is that of the default release, apart from the version. */
  #isStandard(scenario, answer) {
    const file = join(this.root, scenario, 'golden.json');
    return (
      existsSync(file) &&
      isDeepStrictEqual(withoutVersion(readJson(file)), withoutVersion(JSON.parse(answer)))
    );
  }
}

function withoutVersion({ kubernetes: _, ...answer }) {
  return answer;
}

function* different(before, now, path = '') {
  if (isDeepStrictEqual(before, now)) return;
  const inner = (value) => typeof value === 'object' && value !== null;
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
