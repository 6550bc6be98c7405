import type { PublishedSettings } from '../contracts/auth.events.js';
import { textOn } from './contrast.js';

/** How pages and mails of a company look, beyond its name. */
export interface Brand {
  /** Its logo on the web, `https` only: browsers and mail programs warn of pictures that come unencrypted. */
  readonly logoUrl?: string | undefined;
  /** `#rrggbb`: the stripe at the top and the button. */
  readonly colour?: string | undefined;
}

/** Whose page it is. */
export interface PageBrand extends Brand {
  /** Empty where nobody knows it: the page then shows no name. */
  readonly company: string;
}

const DEFAULT_COLOUR = '#1f6feb';
const COLOUR = /^#[0-9a-f]{6}$/i;

/** The brand as pages and mails show it. */
export const shownBrand = ({ logoUrl, colour = DEFAULT_COLOUR }: Brand) => ({
  ...(logoUrl?.startsWith('https://') === true ? { logoUrl } : {}),
  colour,
  onColour: textOn(colour),
});

type Named = Partial<Pick<PublishedSettings, 'companyName' | 'logoUrl' | 'brandColour'>>;

/** The brand that a tenant's settings name; pages without settings have no name and the usual colour. */
export const brandOf = ({ companyName: company = '', logoUrl, brandColour }: Named = {}): PageBrand => ({
  company,
  logoUrl,
  // It stands in a style sheet, where nothing else than a colour may.
  colour: brandColour !== undefined && COLOUR.test(brandColour) ? brandColour : undefined,
});
