import { shownBrand, type Brand } from './brand.js';

export interface PagePolicy {
  readonly brand?: Brand;
  /** Hash of the page's one script, as `sha256-…`. Missing: the page runs none. */
  readonly script?: string;
}

/**
 * Headers of a page. It may load nothing but its own logo and be framed by nobody. `upgrade-insecure-requests` is missing,
 * because a shop's own network may have no TLS. What a page shows is for whoever has its link, so nobody keeps it.
 */
export const pageHeaders = ({ brand = {}, script }: PagePolicy = {}): Readonly<Record<string, string>> => {
  const { logoUrl } = shownBrand(brand);
  const policy = [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    ...(logoUrl !== undefined && URL.canParse(logoUrl) ? [`img-src ${new URL(logoUrl).origin}`] : []),
    ...(script === undefined ? [] : [`script-src '${script}'`]),
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  return {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': policy.join('; '),
    'Referrer-Policy': 'no-referrer',
    'Cache-Control': 'no-store',
  };
};
