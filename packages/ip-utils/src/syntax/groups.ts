/**
 * The last scanned address as eight 16-bit groups, IPv4 in its mapped form (`::ffff:a.b.c.d`, RFC 4291 section 2.5.5.2).
 * One array for all scans, so that a check allocates nothing: read it at once, the next scan overwrites it.
 */
export const groups = /* @__PURE__ */ new Uint16Array(8);
