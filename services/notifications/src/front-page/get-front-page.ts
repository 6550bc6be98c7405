import { DEFAULT_TENANT } from '@riparo/shared/contracts/caller';
import { htmlReply, languageFor } from '@riparo/shared/http/page';
import type { PageQuery } from '@riparo/shared/http/page-query';
import type { PublicCall, Reply } from '@riparo/shared/http/route';
import { brandOf } from '@riparo/shared/pages/brand';
import { openPage } from '@riparo/shared/pages/layout';
import { contactLine, paragraph } from '@riparo/shared/pages/parts';
import escapeHtml from 'escape-html';
import type { Dependencies } from '../dependencies.js';
import { localeFor } from '../template/template.js';
import { frontWords, type FrontWords } from './front-words.js';

const link = (href: string, said: string, more = ''): string => `<a href="${href}"${more}>${escapeHtml(said)}</a>`;

const listOf = (links: readonly string[]): string => `<ul>${links.map((each) => `<li>${each}</li>`).join('')}</ul>`;

const forPrograms = (words: FrontWords, hasDevMail: boolean): string =>
  `<h2>${escapeHtml(words.programs)}</h2>` +
  listOf([
    link('/docs', words.reference),
    link('/openapi.json', words.openapi),
    link('/asyncapi.json', words.asyncapi),
    link('/postman.json', words.postman, ' download="riparo.postman_collection.json"'),
    link('/health/ready', words.health),
    ...(hasDevMail ? [link('/dev/mail', words.devMail)] : []),
  ]);

/** `GET /`: what this is, and where to go on. Mails that had no mail server are shown to nobody but who sits at the machine. */
export const getFrontPage =
  ({ settings, devMailDirectory }: Pick<Dependencies, 'settings' | 'devMailDirectory'>) =>
  async (call: PublicCall<unknown, PageQuery>): Promise<Reply> => {
    const company = await settings.find(DEFAULT_TENANT, DEFAULT_TENANT);
    const language = languageFor(call, localeFor(company?.locale));
    const words = frontWords(language);
    const brand = brandOf(company);
    const inside =
      paragraph(words.intro) +
      `<p class="said">${link('/repair-status', words.status)}</p>` +
      paragraph(words.statusHint) +
      `<h2>${escapeHtml(words.mails)}</h2>` +
      paragraph(words.mailsHint) +
      contactLine(words.contact, company) +
      forPrograms(words, devMailDirectory !== undefined && call.fromThisMachine) +
      `<p><small>${escapeHtml(words.about)}</small></p>`;
    return htmlReply(200, openPage({ language, brand, address: '/' }, words.title, inside), { brand });
  };
