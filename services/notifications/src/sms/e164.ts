/** `+39 059 654321` and `0039-059-654321` as `+39059654321` (E.164); `undefined` for what no other country could dial. */
export const toE164 = (phone: string): string | undefined => {
  const digits = phone.replace(/[^\d+]/g, '').replace(/^00/, '+');
  return /^\+[1-9]\d{6,14}$/.test(digits) ? digits : undefined;
};
