import { createHash } from 'node:crypto';
import { claim } from '../lifecycles/claim';
import { framework } from '../lifecycles/framework';
import { pipa } from '../lifecycles/pipa';
import { style } from '../monitoring/page/style';
import { pinned } from './axes';
import { addressesOf } from './figure-addresses';
import type { PageAddresses } from './ports';

/** Every address stands on what the page stands on; a thing has a timeline of what is known today. */
export const pageAddresses: PageAddresses = ({ asOf, position, epoch }) => {
  const at = new URLSearchParams(pinned({ asOf, position, epoch })).toString();
  return {
    report: `/v1/report?${at}`,
    process: `/v1/process?${at}`,
    evidence: (figure) => addressesOf({ ...figure, position, epoch })('/evidence'),
    claim: (id) => `/v1/${claim.plural}/${id}`,
    pipa: (id) => `/v1/${pipa.plural}/${id}?${at}`,
    progress: (id) => `/v1/${framework.plural}/${id}/progress?${at}`,
  };
};

/** What the page may do: be styled by the style it brings, and nothing else. */
export const pagePolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join(';');
