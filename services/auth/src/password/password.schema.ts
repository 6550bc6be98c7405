import { dictionary } from '@zxcvbn-ts/language-common';
import Joi from 'joi';

/** Characters of a password that somebody chooses. */
export const PASSWORD_MIN = 10;
export const PASSWORD_MAX = 128;

/** Those of the usual passwords that are long enough to be tried at all, most of them from breaches of other sites. */
const COMMON: ReadonlySet<string> = new Set(
  dictionary['passwords-common'].filter((word) => word.length >= PASSWORD_MIN).map((word) => word.toLowerCase()),
);

/** One character over and over, or a run such as `0123456789` or `abcdefghij`. */
const isMonotonous = (text: string): boolean => {
  const codes = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  const steps = new Set(codes.slice(1).map((code, index) => code - (codes[index] ?? 0)));
  return steps.size === 1 && [0, 1, -1].includes([...steps][0] ?? 9);
};

export const isCommonPassword = (password: string): boolean => {
  const text = password.normalize('NFKC').toLowerCase();
  return COMMON.has(text) || isMonotonous(text);
};

/** A password that somebody chooses: NIST 800-63B asks for length and for refusing usual ones, not for odd characters. */
export const newPassword = (): Joi.StringSchema =>
  Joi.string()
    .min(PASSWORD_MIN)
    .max(PASSWORD_MAX)
    .custom((value: string, helpers) =>
      isCommonPassword(value) ? helpers.message({ custom: 'is one of the passwords that are tried first; choose another' }) : value,
    );

/** A password that is to be checked: rules that came later must not keep anybody out. */
export const givenPassword = (): Joi.StringSchema => Joi.string().min(1).max(1024);
