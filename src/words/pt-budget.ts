import type { Dictionary } from './dictionary';

/** What the rules about money refuse, and what a gate on it says is missing. */
export const portugueseBudgetRefusals: Dictionary['refusals'] = {
  BUDGET_ENTRY_RECORDED_OTHERWISE:
    '{is, select, allocation {A atribuição} expense {A despesa} other {A reafetação}} {entry} já consta, de outra forma',
  NO_SUCH_BUDGET_LINE: 'Nunca se atribuiu nada a uma rubrica {line}',
  BUDGET_LINE_NOT_NEW: 'A rubrica {line} não é nova',
  SAME_BUDGET_LINE: 'O dinheiro move-se entre duas rubricas diferentes, não de {line} para si própria',
  CURRENCY_OF_BUDGET_LINE: 'A rubrica {line} é mantida em {currency}, não em {other}',
  BUDGET_LINE_TOO_SHORT: 'A rubrica {line} tinha ainda {left} {currency} em {on}, não {amount}',
  BUDGET_TOO_LARGE: 'Uma soma em {currency} seria maior do que se pode guardar com exatidão',
  SAME_CURRENCY: 'Uma taxa de câmbio é a de duas moedas diferentes, não de {currency} consigo própria',
  RATE_RECORDED_OTHERWISE: 'A taxa de câmbio de {from} para {to} de {on} já consta, de outra forma',
  NO_EXCHANGE_RATE: 'Não consta nenhuma taxa de câmbio entre {from} e {to}',
  MISSION_OF_EXPENSE: 'a missão {mission}, pelo menos planeada',
  PILOT_OF_EXPENSE: 'o projeto-piloto {pilot}, pelo menos desenhado',
};
