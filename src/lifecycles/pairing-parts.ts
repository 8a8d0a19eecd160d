import type { State } from '../kernel/lifecycle';
import { actors } from '../parts/actors';
import { agreedThemes } from '../parts/agreed-themes';
import { agreements } from '../parts/agreements';
import { budget } from '../parts/budget';
import { course } from '../parts/course';
import { delegations } from '../parts/delegations';
import { focalPoints } from '../parts/focal-points';
import { missions } from '../parts/missions';
import { networks } from '../parts/networks';
import { pilots } from '../parts/pilots';
import { plan } from '../parts/plan';
import { responsibility } from '../parts/responsibility';
import { support } from '../parts/support';

/** What a city-to-city pairing is made of. */
export const parts = {
  course,
  support,
  focalPoints,
  themes: agreedThemes,
  actors,
  missions,
  delegations,
  plan,
  pilots,
  budget,
  agreements,
  networks,
  responsibility,
};
export type Pairing = State<typeof parts>;
