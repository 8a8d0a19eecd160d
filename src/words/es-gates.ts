import type { Dictionary } from './dictionary';

/** What the rules are, by gate. */
export const spanishGates: Dictionary['gates'] = {
  'registered-first': 'De un programa, una iniciativa o un proyecto adscrito no se registra nada antes de registrarlo.',
  'before-its-conclusion':
    'Después de su conclusión un programa, una iniciativa o un proyecto adscrito no tiene otros países, otro tipo, otro plan ni otra prórroga.',
  'not-in-the-future': 'Solo se registra lo que ha ocurrido.',
  'something-could-pass': 'Una suscripción pide de una dimensión lo que los eventos pueden tener en ella.',
  'not-before-programme': 'Ningún hecho de un programa ocurrió antes de que se abriera.',
  'call.not-before-call': 'Ningún hecho de una convocatoria ocurrió antes de que se abriera.',
  'free-to-leave':
    'Una solicitud se retira, o se revoca la decisión sobre ella, antes de que se forme con ella un emparejamiento o después de que este se disuelva.',
  'application.not-before-call': 'Ningún hecho de una solicitud ocurrió antes de que se abriera su convocatoria.',
  'pairing.not-before-call': 'Ningún hecho de un emparejamiento ocurrió antes de que se abriera su convocatoria.',
  'within-deadline':
    'Una solicitud se presenta a más tardar el último día de su convocatoria, en la zona horaria de esta y según se amplió el plazo.',
  'eligible-when-selected':
    'Una solicitud se selecciona una vez comprobada su elegibilidad y dispensada cada regla que no cumple; lo que no se sabe no la excluye.',
  'formed-first': 'De un emparejamiento no se registra nada antes de formarlo.',
  'formed-after-call': 'Un emparejamiento se forma después de abrirse su convocatoria.',
  'within-support-period':
    'Las misiones, los pasos del UCAP, la financiación, los gastos, la conclusión del acuerdo de cooperación y las suspensiones ocurren dentro del periodo de apoyo: los meses de las reglas (18) desde el arranque, más los días suspendidos y las ampliaciones.',
  'not-while-suspended':
    'Mientras un emparejamiento está suspendido cambian las personas, se reanuda, se amplía o termina, puede vencer un acuerdo y publicarse un tipo de cambio: no ocurre nada más.',
  'resumed-before-the-rest':
    'Una suspensión no abarca ningún día en que conste que ocurrió una misión, un gasto, la aprobación del UCAP, el diseño, el inicio o la financiación de un proyecto piloto, o la firma o la conclusión de un acuerdo.',
  'before-the-end':
    'Lo que se registra de un emparejamiento ocurrió antes de que terminara, salvo los resultados publicados más tarde, la vida de sus acuerdos, quién responde por cada parte, sus responsables, sus redes temáticas y los tipos de cambio.',
  'end-after-the-rest':
    'Un emparejamiento no termina antes del día en que consta que ocurrió su arranque, una suspensión, una ampliación, una misión, un gasto, la aprobación de su UCAP, el diseño, el inicio o la financiación de un proyecto piloto, o la firma o la conclusión de un acuerdo.',
  'first-visitor': 'La primera misión la hace la parte que las reglas nombran para el componente (C1: la parte europea).',
  'mission-of-delegation': 'Una delegación es la de una misión planificada o celebrada.',
  'purpose-of-expense':
    'Se gasta dinero para una misión que se planificó, ocurriera lo que ocurriera con ella, o para un proyecto piloto que se diseñó.',
  'formed-before-kick-off': 'Un emparejamiento arranca después de formarse.',
  'mission-before-plan': 'Un UCAP se presenta después de celebrar al menos una misión; una virtual cuenta.',
  'pilot-implements-plan': 'El diseño de un proyecto piloto realiza una acción de un UCAP aprobado para entonces.',
  'work-before-agreement':
    'El acuerdo de cooperación se concluye después de celebrar las misiones exigidas, aprobar el UCAP y diseñar al menos un proyecto piloto.',
  'agreement-before-completion':
    'Un emparejamiento se concluye con un acuerdo de cooperación concluido; terminar sin él es un final distinto.',
  'opened-first': 'De una evaluación no se registra nada antes de abrirla, ni que ocurriera antes de eso.',
  'before-the-close':
    'Las preguntas, los hallazgos, las conclusiones y las recomendaciones son de un día anterior al cierre de la evaluación; las respuestas y lo realizado pueden seguir.',
  'answered-before-close': 'Una evaluación se cierra una vez que la gerencia respondió a cada recomendación.',
};

/** What the gates are called. */
export const spanishTitles: Dictionary['titles'] = {
  'registered-first': 'Primero se registra',
  'before-its-conclusion': 'Antes de su conclusión',
  'not-while-suspended': 'Nada durante la suspensión',
  'resumed-before-the-rest': 'Reanudado antes de lo demás',
  'eligible-when-selected': 'Elegibilidad antes de la selección',
  'free-to-leave': 'Libre de todo emparejamiento',
  'not-in-the-future': 'Solo lo ocurrido',
  'something-could-pass': 'Algo podría pasar',
  'not-before-programme': 'No antes del programa',
  'not-before-call': 'No antes de la convocatoria',
  'within-deadline': 'Dentro del plazo',
  'formed-first': 'Primero se forma el emparejamiento',
  'formed-after-call': 'Formación tras abrirse la convocatoria',
  'within-support-period': 'Dentro del periodo de apoyo',
  'before-the-end': 'Antes del final del emparejamiento',
  'end-after-the-rest': 'El final, después de todo lo demás',
  'first-visitor': 'Quién visita primero',
  'formed-before-kick-off': 'La formación antes del arranque',
  'mission-before-plan': 'Una misión antes del UCAP',
  'mission-of-delegation': 'Una misión para la delegación',
  'purpose-of-expense': 'Para qué se gasta',
  'pilot-implements-plan': 'El proyecto piloto realiza el UCAP',
  'work-before-agreement': 'El trabajo antes del acuerdo',
  'agreement-before-completion': 'Un acuerdo antes de la conclusión',
  'opened-first': 'Abierta antes que todo lo demás',
  'before-the-close': 'Antes del cierre',
  'answered-before-close': 'Con respuesta antes del cierre',
};
