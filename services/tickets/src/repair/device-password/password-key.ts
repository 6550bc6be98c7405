const FORMS = /^(?:[0-9a-fA-F]{64}|[A-Za-z0-9+/_-]{43}=?)$/;

/** 32 bytes from 64 hex digits or from base64; `undefined` for anything else. */
export const keyFrom = (text: string): Buffer | undefined => {
  if (!FORMS.test(text)) return undefined;
  const key = Buffer.from(text, text.length === 64 ? 'hex' : 'base64');
  return key.length === 32 ? key : undefined;
};
