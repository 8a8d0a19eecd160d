import type { Dictionary } from './dictionary';

/** What the rules about money refuse, and what a gate on it says is missing. */
export const spanishBudgetRefusals: Dictionary['refusals'] = {
  BUDGET_ENTRY_RECORDED_OTHERWISE:
    '{is, select, allocation {La asignación} expense {El gasto} other {La reasignación}} {entry} ya consta, de otra manera',
  NO_SUCH_BUDGET_LINE: 'Nunca se asignó nada a una partida {line}',
  BUDGET_LINE_NOT_NEW: 'La partida {line} no es nueva',
  SAME_BUDGET_LINE: 'El dinero se mueve entre dos partidas distintas, no de {line} a sí misma',
  CURRENCY_OF_BUDGET_LINE: 'La partida {line} se lleva en {currency}, no en {other}',
  BUDGET_LINE_TOO_SHORT: 'A la partida {line} le quedaban {left} {currency} el {on}, no {amount}',
  BUDGET_TOO_LARGE: 'Una suma en {currency} sería mayor de lo que se puede guardar con exactitud',
  SAME_CURRENCY: 'Un tipo de cambio es el de dos monedas distintas, no de {currency} consigo misma',
  RATE_RECORDED_OTHERWISE: 'El tipo de cambio de {from} a {to} de {on} ya consta, de otra manera',
  NO_EXCHANGE_RATE: 'No consta ningún tipo de cambio entre {from} y {to}',
  MISSION_OF_EXPENSE: 'la misión {mission}, al menos planificada',
  PILOT_OF_EXPENSE: 'el proyecto piloto {pilot}, al menos diseñado',
};
