/**
 * Whether one port number was probably typed for another: two neighbouring digits swapped, or one
 * digit typed once too often or too seldom. Numbers side by side (8080, 8081) are usually both
 * meant.
 */
export function isPortSlip(a: number, b: number): boolean {
  const [x, y] = [String(a), String(b)];
  if (x.length === y.length) {
    const wrong = [...x].flatMap((digit, index) => (digit === y[index] ? [] : [index]));
    const [first, second] = wrong;
    return (
      wrong.length === 2 &&
      first !== undefined &&
      second === first + 1 &&
      x[first] === y[second] &&
      x[second] === y[first]
    );
  }
  return Math.min(a, b) > 99 && isDigitMore(x, y);
}

/**
 * One digit typed once too often in either of them. A digit in front (18080 beside 8080) is a
 * habit, not a slip.
 */
function isDigitMore(x: string, y: string): boolean {
  const [long, short] = x.length > y.length ? [x, y] : [y, x];
  return (
    long.length === short.length + 1 &&
    !long.endsWith(short) &&
    [...long].some((_, index) => long.slice(0, index) + long.slice(index + 1) === short)
  );
}

/**
 * Whether two numbers are side by side, or differ in one digit or by one: a slip only where each
 * stands alone, a target that nobody declares and a port that nobody targets.
 */
export function isDigitOff(a: number, b: number): boolean {
  const [x, y] = [String(a), String(b)];
  if (Math.abs(a - b) === 1 || isPortSlip(a, b)) return true;
  return x.length === y.length
    ? [...x].filter((digit, index) => digit !== y[index]).length === 1
    : isDigitMore(x, y);
}

/**
 * The port that was meant by one with a digit replaced: none that is known is of the same hundred,
 * as the others of an application would be.
 */
export function replacedDigit(port: number, known: readonly number[]): number | undefined {
  const isAlone = known.every((other) => Math.floor(other / 100) !== Math.floor(port / 100));
  return isAlone ? known.find((other) => isInnerDigitOff(port, other)) : undefined;
}

/**
 * The only port that is known, where nothing but the first digit is another one (9080 and 8080):
 * an application that has ports of two families names them both.
 */
export function otherFamily(port: number, known: readonly number[]): number | undefined {
  const [only, ...others] = new Set(known);
  return only !== undefined && others.length === 0 && replacedAt(port, only) === 0
    ? only
    : undefined;
}

/**
 * Whether one digit inside of a number was replaced (9080 and 9180). The first tells families of
 * ports apart (8080, 9080), the last members of one (8080, 8081), and both are usually meant.
 */
function isInnerDigitOff(a: number, b: number): boolean {
  const at = replacedAt(a, b);
  return at !== undefined && at > 0 && at < String(a).length - 1;
}

/** Which digit is another one, where it is one and no more. */
function replacedAt(a: number, b: number): number | undefined {
  const [x, y] = [String(a), String(b)];
  if (x.length !== y.length || x.length < 3) return undefined;
  const [only, ...others] = [...x].flatMap((digit, index) => (digit === y[index] ? [] : [index]));
  return others.length === 0 ? only : undefined;
}
