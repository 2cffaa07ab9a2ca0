import { isJsonObject, type Json } from '../kubernetes/json.ts';

/**
 * What people write in capitals where something else is to stand; acronyms that are part of real
 * names (API, DB, UI) are none of them.
 */
const words = `
  [A-Z]*NAME [A-Z]*NAMESPACE [A-Z]*PORT [A-Z]*IMAGE [A-Z]*HOST [A-Z]*VERSION [A-Z]*TAG
  YOUR[A-Z]* CHANGE_?ME REPLACE_?ME ACCOUNT ACCOUNTID ADDRESS APP APPID ARCH BRANCH BUILD
  CITY CLUSTER CLUSTERID COMMIT COMPANY COMPONENT CUSTOMER DATE DOMAIN ENV ENVIRONMENT
  EXAMPLE GIT HASH ID INDEX INSTANCE ITERATION NODE NUM NUMBER ORG ORGANIZATION OWNER
  PLACEHOLDER POD PREFIX PROJECT PROJECTID RANDOM REGION REGISTRY RELEASE REPO REPOSITORY
  SERVICE SHA SHARD SIZE STAGE STUDENT SUFFIX TEAM TENANT TENANTID TIMESTAMP TODO TYPE
  USER USERID UUID VALUE WORKSPACE XX+ ZONE
`
  .trim()
  .split(/\s+/);

/**
 * Values that somebody fills in later. Nothing is known about them, so they are neither right nor
 * wrong:
 * `{{ }}` of a template, `${X}` `$(X)` `$X` of a shell or kustomize, `{x}` of a format string, and
 * the marks that people put in place of a value by hand.
 */
const placeholders = [
  /\{\{|^[\w.:/@-]*\{[A-Za-z_][\w.-]*\}[\w.:/@{}-]*$/,
  /\$[A-Z_][A-Z0-9_]*/,
  /^<[^<>]+>$|<[A-Za-z][\w .-]*>/,
  /%%?[A-Za-z_]\w*%%?|@@?[A-Za-z_]\w*@@?|__[A-Za-z]\w*__|\(\([\w .-]+\)\)/,
  // IMAGE_NAME, PORT, CHANGEME: no name, label or port that anybody would choose looks like that.
  /^(?:(?=.{5})[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|(?:[A-Z]*(?:PORT|NAME|NAMESPACE|IMAGE|HOST|VERSION|TAG))|CHANGE_?ME|REPLACE_?ME|TODO|X{3,}|x{3,})$/,
  // The beginning of one that holds a colon: `${ROLE/#arn/example.com/role: arn}` as a key.
  /^\$\{[A-Za-z_]/,
  // What sops has encrypted.
  /^ENC\[AES256_GCM,/,
  // shop-ENVIRONMENT, db.NAMESPACE.svc, my-RELEASE_NAME: such a word as a part of a name.
  new RegExp(
    '^(?![A-Z0-9_]+$).*?(?:^|[-./:])' +
      `(?:[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|${words.join('|')})(?=[-./:]|$)`,
  ),
  // ???, ____: what an exercise leaves open.
  /^(?:\?{2,}|_{3,})$/,
  // FILLED BY THE OPERATOR
  /^[A-Z]{2,}(?: [A-Z]{2,})+$/,
  /\[[A-Z][A-Z0-9]*(?:[ _-][A-Z0-9]+)*\]/,
  /^\[(?:your|my|the|insert|enter|replace|some)[ _-][^\]]*\]/i,
  // Your storageClassName
  /^(?:your|insert|enter|replace|put|choose) \S/i,
];

/**
 * What stands between two brackets. A text may open thousands, so what closes one is looked for
 * once.
 */
const brackets = [
  ['${', '}'],
  ['$(', ')'],
  ['#{', '}'],
  // What Kapitan reveals.
  ['?{', '}'],
] as const;

function isBracketed(value: string): boolean {
  return brackets.some(([opening, closing]) => {
    const start = value.indexOf(opening);
    return start !== -1 && value.includes(closing, start + opening.length);
  });
}

/** What every placeholder has; most values have none of it. */
const mark = /[{$<%@(#[ ]|__|\?\?|[A-Z]{2}|xxx/;

/**
 * The placeholder that a value is: a text, `[PORT]`, or a mapping whose only key is one, as those
 * who make charts of kustomizations write where a whole structure is filled in
 * (`HELMSUBST_RESOURCES: ""`).
 */
export function placeholderIn(value: Json): string | undefined {
  if (typeof value === 'string') return isPlaceholder(value) ? value : undefined;
  if (Array.isArray(value))
    return isBracketedPlaceholder(value) ? `[${String(value[0])}]` : undefined;
  if (!isJsonObject(value)) return undefined;
  const [key, ...others] = Object.keys(value);
  return others.length === 0 && isPlaceholder(key) ? key : undefined;
}

/**
 * `[PORT]`, `[YOUR REGISTRY]`: text that YAML takes for a list of one. Only where no list belongs
 * can it be told from one.
 */
export function isBracketedPlaceholder(value: readonly unknown[]): boolean {
  const [only] = value;
  return value.length === 1 && typeof only === 'string' && bracketed.test(only);
}

const bracketed =
  /^(?:[A-Z][A-Z0-9]*(?:[ _-][A-Z0-9]+)*|(?:[Yy]our|[Mm]y|[Tt]he|[Ii]nsert|[Ee]nter|[Rr]eplace|[Ss]ome)[ _-].*)$/;

/** Whether a value is not known until something has been filled in. */
export function isPlaceholder(value: unknown): boolean {
  return typeof value === 'string' && mark.test(value) && isMarked(value);
}

/** Few texts come so far. */
function isMarked(value: string): boolean {
  return isBracketed(value) || placeholders.some((placeholder) => placeholder.test(value));
}
