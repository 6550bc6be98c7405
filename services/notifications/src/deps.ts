import type { Repository } from '@riparo/shared/persistence/repository';
import type { InboxItem } from './inbox/inbox.js';
import type { Channel, Notification } from './notification/notification.js';
import type { Chosen } from './preference/chosen.js';
import type { PreferenceEntity } from './preference/preference.js';
import type { Renderer } from './template/render.js';
import type { TemplateEntity } from './template/template.js';
import type { Texts } from './template/texts.js';

/** What use cases are made with; each takes the few it needs. */
export interface Deps {
  readonly notifications: Repository<Notification>;
  readonly inbox: Repository<InboxItem>;
  readonly preferences: Repository<PreferenceEntity>;
  readonly chosen: Chosen;
  readonly templates: Repository<TemplateEntity>;
  readonly texts: Texts;
  readonly renderer: Renderer;
  /** Something may be due on this channel now. */
  readonly wake: (channel: Channel) => void;
  /** Where mails lie that have no mail server to go to; set only where people may look at them. */
  readonly devMailDirectory?: string | undefined;
}
