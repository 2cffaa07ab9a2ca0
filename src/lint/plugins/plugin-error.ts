/**
 * A plugin that cannot be used. The message names it, and is for people: lower case, no full stop,
 * no stack.
 */
export class PluginError extends Error {
  override readonly name = 'PluginError';
}
