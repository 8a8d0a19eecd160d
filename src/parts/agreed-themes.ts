import { OneOf, officers, ProtectedText, type TextRef } from '../kernel/fields';
import { command, part } from '../kernel/part';
import { vocabulary } from '../kernel/refusal';
import { themes } from './themes-of-c1';

/** Stored for ever: add optional fields freely; never rename, remove or change a meaning. */
export interface ThemeEvents {
  ThemeAgreed: { theme: string };
  ThemeDropped: { theme: string; reason?: TextRef };
}

export class AgreeTheme {
  @OneOf('What the sides work on together', themes) theme!: string;
}
export class DropTheme {
  @OneOf('The theme they no longer work on', themes) theme!: string;
  @ProtectedText('Why', { optional: true }) reason?: TextRef;
}

type Themes = Readonly<Record<string, { readonly is: 'agreed' } | { readonly is: 'dropped'; readonly reason?: TextRef }>>;

const says = vocabulary({
  THEME_ALREADY_AGREED: '{theme} is agreed already',
  THEME_NOT_AGREED: '{theme} was not agreed, or was dropped already',
});

/** The themes a pairing works on (IUC presentation in Spanish: fifteen "temas de trabajo"). */
export const agreedThemes = part<ThemeEvents, Themes>()({
  says,
  commands: {
    AgreeTheme: command(AgreeTheme, officers, ['ThemeAgreed']),
    DropTheme: command(DropTheme, officers, ['ThemeDropped']),
  },
  initial: {},
  offers: {
    // Any will do that is not agreed.
    AgreeTheme: (agreed) =>
      themes
        .filter((theme) => agreed[theme]?.is !== 'agreed')
        .map((theme) => ({ such: { theme } }))
        .slice(0, 1),
    DropTheme: (agreed) => themes.filter((theme) => agreed[theme]?.is === 'agreed').map((theme) => ({ known: { theme } })),
  },

  decide: {
    AgreeTheme: ({ theme }, agreed) => (agreed[theme]?.is === 'agreed' ? [] : [{ type: 'ThemeAgreed', data: { theme } }]),
    DropTheme: ({ theme, reason }, agreed) => {
      const now = agreed[theme];
      if (now?.is === 'dropped' && now.reason?.digest === reason?.digest) return [];
      return [{ type: 'ThemeDropped', data: { theme, ...(reason && { reason }) } }];
    },
  },

  requires: {
    ThemeAgreed: (agreed, { theme }) => (agreed[theme]?.is === 'agreed' ? [says.lack('THEME_ALREADY_AGREED', { theme })] : []),
    ThemeDropped: (agreed, { theme }) => (agreed[theme]?.is === 'agreed' ? [] : [says.lack('THEME_NOT_AGREED', { theme })]),
  },

  evolve: {
    ThemeAgreed: (agreed, { theme }) => ({ ...agreed, [theme]: { is: 'agreed' } }),
    ThemeDropped: (agreed, { theme, reason }) => ({ ...agreed, [theme]: { is: 'dropped', ...(reason && { reason }) } }),
  },

  measures: {
    'themes-agreed': { counts: 'themes agreed and not dropped', by: ['theme'] },
  },
  facts: {
    ThemeAgreed: ({ theme }) => [{ measure: 'themes-agreed', subject: `theme ${theme}`, quantity: 1, by: { theme } }],
    ThemeDropped: ({ theme }) => [{ measure: 'themes-agreed', subject: `theme ${theme}`, quantity: -1, by: { theme } }],
  },
});
