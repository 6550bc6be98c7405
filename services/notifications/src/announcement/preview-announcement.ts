import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { brandOf } from '@riparo/shared/pages/brand';
import { withUnsubscribeLink } from '../channel/unsubscribe-mail.js';
import type { Dependencies } from '../dependencies.js';
import { fitSms } from '../sms/fit-sms.js';
import { localeFor } from '../template/template.js';
import type { AnnouncementInput } from './announcement.js';
import { checkAnnouncement } from './check-announcement.js';

type Deps = Pick<
  Dependencies,
  'announcementPermits' | 'reachOf' | 'renderer' | 'settings' | 'unsubscribeLinkOf' | 'users' | 'customers' | 'twilio'
>;

const NO_COMPANY = 'Riparo';

/** Counts and shows, and sends nothing. The mail is the one that its author would get: with their own link to switch it off. */
export const previewAnnouncement =
  (deps: Deps) =>
  async ({ caller, body, now }: Call<AnnouncementInput>): Promise<Reply> => {
    const { tenantId, userId: choiceId } = caller;
    await checkAnnouncement(deps, tenantId, body);
    deps.announcementPermits.ask('preview', caller);
    const company = await deps.settings.find(tenantId, tenantId);
    const locale = localeFor((await deps.users.find(tenantId, choiceId))?.locale, company?.locale);
    const name = company?.companyName ?? NO_COMPANY;
    const rendered = deps.renderer.renderPlain(body.subject, body.body, name, locale, brandOf(company));
    const unsubscribe = deps.unsubscribeLinkOf(tenantId, ['ANNOUNCEMENTS'], { choiceId, locale, createdAt: now });
    return ok({
      ...(await deps.reachOf(tenantId, body, body.channels)),
      ...(body.channels.includes('EMAIL')
        ? { mail: { subject: rendered.subject, ...withUnsubscribeLink({ ...rendered, unsubscribe }) } }
        : {}),
      ...(body.channels.includes('SMS') ? { textMessage: fitSms(body.body) } : {}),
    });
  };
