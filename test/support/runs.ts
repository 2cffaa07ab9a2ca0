/** How much is tried: everything in continuous integration, and with EVERYTHING=1. */

export const isEverything = (process.env['EVERYTHING'] ?? '') !== '';

/**
 * A sixth of what continuous integration does: whoever works at a desk runs the tests many times
 * a day, and with other random values each time.
 */
export function runs(all: number): { readonly numRuns: number } {
  return { numRuns: isEverything ? all : Math.ceil(all / 6) };
}
