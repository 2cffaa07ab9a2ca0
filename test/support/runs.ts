/** How often a property is tried. */

/**
 * A quarter of what continuous integration does: whoever works at a desk runs the tests many times
 * a day, and with other random values each time. EVERYTHING=1 is for all of them.
 */
export function runs(all: number): { readonly numRuns: number } {
  return { numRuns: (process.env['EVERYTHING'] ?? '') === '' ? Math.ceil(all / 4) : all };
}
