/**
 * - `equal`: as many as were predicted are ready
 * - `missing`: none of them is an endpoint
 * - `not-ready`: they are endpoints, and not ready
 * - `fewer`, `more`: another number is ready
 * - `extra`: nobody predicted them
 * - `unknown`: manifests do not tell
 */
export type Verdict = 'equal' | 'missing' | 'not-ready' | 'fewer' | 'more' | 'extra' | 'unknown';
