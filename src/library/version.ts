declare const KUBEPLUMB_VERSION: string | undefined;

/** Written in when the library is built. */
export const version: string = typeof KUBEPLUMB_VERSION === 'string' ? KUBEPLUMB_VERSION : '0.0.0';
