const ESCAPE = String.fromCodePoint(0x1b)

/**
 * Takes away what a terminal would have coloured by (ECMA-48, "select graphic rendition"). The server
 * lets no control characters through, so the sequences come without their first one, too.
 */
export const withoutColours = (text: string): string =>
  text.replaceAll(ESCAPE, '').replaceAll(/\[\d{0,3}(?:;\d{1,3})*m/g, '')
