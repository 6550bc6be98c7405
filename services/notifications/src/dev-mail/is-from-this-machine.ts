/** The mails hold links that let their reader in: they are for the machine that Riparo runs on, not for the network. */
export const isFromThisMachine = (ip: string): boolean => ip === '::1' || /^(?:::ffff:)?127\./.test(ip);
