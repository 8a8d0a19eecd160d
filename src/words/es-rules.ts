import type { Dictionary } from './dictionary';

/** What stands in the way, by code. */
export const spanishRefusals: Dictionary['refusals'] = {
  GATE_CLOSED: 'Todavía no puede constar: {gates}',
  FACTS_REST_ON_IT: 'Hechos registrados después se apoyan en lo que se retiraría: {facts}',
  PERSON_FORGOTTEN: 'Lo que se sabía de la persona {person} fue destruido: nada nuevo puede nombrarla',
  ACTOR_FORGOTTEN: 'Se ha olvidado de quién era la cuenta {actor}: nada nuevo puede nombrarla',
  NO_SUCH_FACT: 'No se registró nada en la revisión {revision}',
  NOT_IN_FORCE: 'Lo registrado en la revisión {revision} ya no está vigente',
  CORRECTED_TWICE: 'Una misma orden corrige dos veces la revisión {revision}',
  CORRECT_THE_ORIGINAL: 'La revisión {revision} es a su vez una corrección o una dispensa: nombre el hecho original, o retírela',
  GATE_CANNOT_BE_WAIVED: 'De la regla {gate} nadie puede dispensar',
  FACT_NEVER_CHANGES: '{type} no cambia nunca: otros hechos se decidieron según él',
  GATE_NEVER_ASKED: 'La regla {gate} no pide nada de {type}',
  WAIVER_FOR_WHICH_FACT: 'Una dispensa nombra una revisión cuando es para un hecho registrado, y solo entonces',
  NO_SUCH_GATE: 'Aquí no hay ninguna regla llamada {gate}',
  DECIDED_AHEAD: 'Una dispensa o una corrección lleva la fecha en que se decidió: {occurredOn} está en el futuro',
  NO_RULE_SET: 'Todavía no rige aquí ningún conjunto de reglas',
  DATA_NOT_OF_ITS_KIND: 'Los nuevos datos de la revisión {revision} no tienen la forma de {type}: {problem}',
  DERIVED_BY_THE_RULES: '{field} de {type} se sigue de otros hechos: retire el hecho y regístrelo de nuevo',
  ITS_DAY_TO_COME: 'que llegue su día: {occurredOn} está en el futuro',

  RULE_SET_VERSION_STANDS:
    'La versión {version} está publicada con otras reglas; una versión publicada no cambia nunca: publique la versión {next}',
  RULE_SET_VERSION_NOT_NEXT: 'La próxima versión es la {next}, no la {version}',
  COMPONENT_TWICE: 'El componente {component} aparece dos veces en {list}',
  MORE_MISSIONS_REQUIRED_THAN_ALLOWED: 'No se pueden exigir {required} misiones donde se permiten {allowed}',

  NO_SUCH_PARTY: 'La parte no se registró nunca',
  PARTY_REGISTERED_OTHERWISE: 'La parte ya está registrada, de otra manera',
  CITY_HAS_ONE_COUNTRY: 'Una ciudad está en un país, no en {countries}',
  MEMBERS_OF_WHAT:
    'Solo un consorcio o un conjunto de ciudades tiene municipios, no {kind, select, city {una ciudad} region {una región} network {una red} organisation {una organización} country {un país} other {{kind}}}',
  MUNICIPALITY_TWICE: 'El municipio {municipality} aparece dos veces',
  REPRESENTATIVE_NOT_A_MEMBER: '{representative} representa a municipios entre los que no está',
  PARTY_HAS_THAT_NAME: 'La parte ya se llama {name}',
  ALIAS_IS_THE_NAME: '{alias} es el nombre de la parte: un alias es otro',
  ALIAS_STANDS: '{alias} ya es un alias de la parte',
  POPULATION_RECORDED_OTHERWISE: 'La población de {year} ya está registrada, de otra manera: corrija ese hecho si es erróneo',
  YEAR_TO_COME: 'En {year} todavía no se ha podido contar a nadie',
  ONLY_REGISTERED_MERGED: 'Solo puede fusionarse una parte que esté registrada',
  NOTHING_TO_MERGE_INTO: 'Se retiró el registro de {into}: nada puede fusionarse con ella',
  MERGED_INTO_ITSELF: '{into} es esta misma parte',
  MERGED_AWAY: '{into} se fusionó a su vez con {now}: nombre {now}',
  OTHER_KIND_OF_PARTY: '{into} está registrada como parte de otra clase: corrija antes el registro que sea erróneo',
  ALREADY_MERGED: 'La parte ya está fusionada con {into}',
  MERGED_BEFORE_THE_SPLIT: 'La parte estuvo fusionada con {into} hasta {splitOn}: no pudo volver a fusionarse en {occurredOn}',
  NOT_MERGED: 'La parte no está fusionada con ninguna otra',
  MERGED_INTO_ANOTHER: 'La parte está fusionada con {into}, no con {from}',
  SPLIT_BEFORE_MERGED: 'La parte se fusionó con {into} en {mergedOn}: no pudo separarse de ella en {occurredOn}',

  PROGRAMME_OPENED_FIRST: 'una fecha a partir del {openedOn}, cuando se abrió el programa',
  NO_SUCH_PROGRAMME: 'El programa no se abrió nunca',
  PROGRAMME_OPENED_OTHERWISE: 'El programa ya se abrió, de otra manera',
  ALREADY_ASSIGNED: 'Esta cuenta ya está asignada, desde el {from}',
  NOT_ASSIGNED: 'Esta cuenta no está asignada el {occurredOn}, o ya fue relevada',
  ASSIGNED_AGAIN: 'Esta cuenta volvió a asignarse el {from}: fue relevada antes de esa fecha',

  CALL_OPENED_FIRST: 'una fecha a partir del {callOpenedOn}, cuando se abrió la convocatoria',
  NO_SUCH_CALL: 'La convocatoria no se abrió nunca',
  CALL_OPENED_OTHERWISE: 'La convocatoria ya se abrió, de otra manera',
  COMPONENT_WITHOUT_RULES: 'Las reglas {rules} no dicen nada de los países del componente {component}',
  NO_PROGRAMME_TO_BELONG_TO: 'No existe el programa {programme}: no se abrió nunca, o se retiró su apertura',
  COMPONENT_NOT_OF_PROGRAMME: 'El programa {programme} no tiene el componente {component}',
  NOT_A_THEME_OF_C1: '{theme} no es uno de los quince temas del componente 1',
  DEADLINE_BEFORE_OPENING: 'El plazo {deadline} es anterior a la apertura de la convocatoria, el {openedOn}',
  DEADLINE_NOT_LATER: 'Un plazo ampliado es posterior a {deadline}, el vigente',
  CALL_HAS_ENDED: 'La convocatoria se {phase, select, cancelled {canceló} other {cerró}} el {endedOn}',
  CALL_DEADLINE_PASSED: 'una fecha hasta el {deadlineDay}, el último día de la convocatoria',

  NO_SUCH_APPLICATION: 'No existe la solicitud {application}',
  NEVER_SUBMITTED: 'La solicitud no se presentó nunca',
  NO_CALL_TO_ANSWER: 'No existe la convocatoria {call}: no se abrió nunca, o se retiró su apertura',
  CALL_CANCELLED: 'La convocatoria {call} se canceló',
  CALL_CLOSED: 'La convocatoria {call} se cerró el {endedOn}: no admite solicitudes posteriores',
  CALL_NOT_YET_OPEN: 'La convocatoria {call} se abrió el {callOpenedOn}: nadie pudo presentarse el {occurredOn}',
  ALREADY_SUBMITTED: 'La solicitud ya se presentó, de otra manera',
  NOT_YET_SUBMITTED: 'La solicitud se presentó el {submittedOn}: nada pudo ser de ella el {occurredOn}',
  APPLICATION_WITHDRAWN: 'La solicitud se retiró el {withdrawnOn}',
  DECISION_STANDS:
    'La solicitud está {outcome, select, selected {seleccionada} rejected {rechazada} other {en la lista de reserva}}: revoque antes esa decisión',
  NO_DECISION: 'No hay ninguna decisión vigente sobre la solicitud',

  WEIGHTS_NOT_A_HUNDRED: 'Los pesos de los criterios suman {sum}, no 100',
  CRITERION_TWICE: 'El criterio {criterion} aparece dos veces',
  SCALE_UPSIDE_DOWN: 'La puntuación más alta de {criterion} ({highest}) no supera la más baja ({lowest})',
  NO_CRITERIA_YET: 'La convocatoria {call} no tenía criterios el {occurredOn}: fíjelos antes',
  ASSESSOR_OF_ITS_OWN_PARTY: 'Quien pertenece a {party}, que se presenta, no valora su solicitud',
  NOT_AN_ASSESSOR_HERE: 'Solo quienes están asignados a la convocatoria {call} valoran sus solicitudes',
  CONFLICT_OF_INTEREST: 'El {on} se declaró un conflicto de intereses: quien lo declaró ya no valora esta solicitud',
  CONFLICT_DECLARED_OTHERWISE: 'El {on} ya se declaró un conflicto de intereses, de otra manera',
  UNKNOWN_CRITERION: '{criterion} no está entre los criterios de la versión {version}',
  CRITERION_SCORED_TWICE: 'El criterio {criterion} se puntúa dos veces',
  CRITERION_NOT_SCORED: 'Falta la puntuación del criterio {criterion}',
  SCORE_OUTSIDE_SCALE: 'La puntuación {score} de {criterion} está fuera de su escala, de {lowest} a {highest}',

  ELIGIBILITY_CHECK: 'una comprobación de su elegibilidad, a más tardar el {occurredOn}',
  FAILED_RULE_WAIVED:
    'una dispensa de la regla sobre {rule, select, population {población} kind {tipos de parte} other {países}}, que no cumple',
  NO_PARTY_TO_JUDGE: '{party} ya no es ninguna parte: se retiró su registro',
  NOT_YET_CHECKED: 'La elegibilidad de la solicitud no se había comprobado el {occurredOn}',
  RULE_NOT_FAILED:
    'La regla sobre {rule, select, population {población} kind {tipos de parte} other {países}} {outcome, select, passed {se cumple} other {no tiene respuesta todavía}}: solo se dispensa de una que no se cumple',
  RULE_ALREADY_WAIVED: 'De la regla sobre {rule, select, population {población} kind {tipos de parte} other {países}} ya se dispensó',
  POPULATION_REACHED:
    '{city, select, _ {} other {{city}: }}{population, number} habitantes ({year}) donde se piden al menos {required, number}',
  POPULATION_TOO_SMALL:
    '{city, select, _ {} other {{city}: }}solo {population, number} habitantes ({year}) donde se piden al menos {required, number}',
  POPULATION_NOT_RECORDED:
    'sin población registrada{uncounted, select, _ {} other { de {uncounted}}} donde se piden al menos {required, number} habitantes',
  POPULATION_NOT_ASKED: 'sin número de habitantes que se pida a este tipo de parte ({kind})',
  KIND_MAY_APPLY: 'este tipo de parte ({kind}) puede presentarse',
  KIND_EXCLUDED: 'este tipo de parte ({kind}) no puede presentarse',
  COUNTRIES_OF_THE_SIDE: '{countries} entre los países que admiten las reglas',
  COUNTRIES_OUTSIDE: '{countries} fuera de los países que admiten las reglas',
  COUNTRIES_NOT_RECORDED: 'sin país registrado',
  COUNTRIES_NOT_RULED: 'sin países que las reglas nombren para el componente',

  PAIRING_FORMED_FIRST: 'el propio emparejamiento: no está formado',
  KICK_OFF: 'el arranque del emparejamiento',
  WITHIN_SUPPORT: 'una fecha dentro del periodo de apoyo, {to, select, _ {a partir del {from}} other {del {from} al {to}}}',
  OUTSIDE_SUSPENSION:
    'una fecha fuera de la suspensión {resumedOn, select, _ {que empezó el {on} y sigue vigente: primero hay que reanudar el emparejamiento} other {del {on} al {resumedOn}}}',
  RESUMED_BEFORE: 'una reanudación no posterior al {first}, cuando consta que ocurrió otra cosa',
  BEFORE_THE_END: 'una fecha hasta el {endedOn}, cuando terminó el emparejamiento',
  MISSION_HELD_FIRST: 'una fecha a partir del {from}, cuando se celebró la primera misión',
  MISSION_HELD: 'una misión celebrada',
  MISSIONS_HELD: '{required} misiones celebradas ({held} hasta ahora)',
  FIRST_VISITOR: 'que la parte {side, select, european {europea} other {latinoamericana}} haga la primera visita',
  APPROVED_PLAN: 'un plan (UCAP) aprobado',
  ACTION_IN_PLAN: 'la acción {action} en un plan (UCAP) aprobado',
  PILOT_DESIGNED: 'al menos un diseño de proyecto piloto',
  CONCLUDED_AGREEMENT: 'un acuerdo de cooperación concluido',
  NOTHING_LATER: 'un final no anterior al {latest}, cuando consta que ocurrió otra cosa',
  OTHER_END: 'otro final: consta que el emparejamiento terminó sin acuerdo',
  NO_CONCLUDED_AGREEMENT: 'que no haya ningún acuerdo de cooperación concluido: con uno, el emparejamiento se concluye',
  NO_SUCH_PAIRING: 'El emparejamiento no se formó nunca',
  ALREADY_FORMED: 'El emparejamiento ya se formó, a partir de otras solicitudes',
  NOT_YET_SELECTED: 'La solicitud {application} se seleccionó el {decidedOn}: no pudo formarse con ella un emparejamiento el {occurredOn}',
  NOT_SELECTED:
    'La solicitud {application} está {phase, select, submitted {presentada} rejected {rechazada} withdrawn {retirada} other {en la lista de reserva}}, no seleccionada',
  ONE_SIDE_ONLY: 'Todas las solicitudes son de una misma parte',
  NOT_FREE: 'La solicitud {application} ya sirve a {pairings}',
  NOT_SELECTED_TO_BE_PAIRED: 'La solicitud no está seleccionada',
  SERVES_OTHER_PAIRINGS:
    'La solicitud ya sirve a {pairings}, y se seleccionó para {places, plural, one {un emparejamiento} other {# emparejamientos}}',
  SERVES_NO_SUCH_PAIRING: 'La solicitud no sirve a {pairing}',
  FREE_FIRST: 'una solicitud que no sirva a ningún emparejamiento: disuelva antes {pairing}',
  PARTY_TWICE: '{party} aparece dos veces en este emparejamiento',
  DIFFERENT_COMPONENTS: 'Las solicitudes pertenecen a componentes distintos',
  ALREADY_SUSPENDED: 'El emparejamiento ya se suspendió el {on}',
  NOT_SUSPENDED: 'El emparejamiento no estaba suspendido el {occurredOn}, o ya se reanudó',
  SUSPENDED_AGAIN: 'El emparejamiento se volvió a suspender el {on}: se reanudó antes de esa fecha',
  EXTENSION_OF_WHAT: 'Una ampliación nombra el nuevo último día (until) o un número de meses (months): una de las dos cosas',
  EXTENSION_NOT_LATER: 'El apoyo dura hasta el {endsOn}: una ampliación termina después, no el {until}',
  ALREADY_KICKED_OFF: 'El emparejamiento ya arrancó',
  NOT_KICKED_OFF: 'El emparejamiento no ha arrancado',
  NOT_FORMED_FROM: 'El emparejamiento no se formó a partir de la solicitud {application}',
  ALREADY_ENDED:
    'El emparejamiento ha terminado ({phase, select, completed {concluido} withdrawn {por retirada} terminated {rescindido} dissolved {disuelto} other {sin acuerdo}})',
  NO_SUCH_SIDE: 'Aquí no hay ninguna parte {side}',
  FOCAL_POINT_STANDS:
    'Alguien es el punto focal de esa parte el {occurredOn}: {person}. Diga quién reemplaza a quién, o quién dejó de serlo y cuándo',
  NOT_THE_FOCAL_POINT: 'No es el punto focal de esa parte el {occurredOn}: {person}',
  THEME_ALREADY_AGREED: '{theme} ya está acordado',
  THEME_NOT_AGREED: '{theme} no se acordó, o ya se abandonó',
  ACTOR_ENGAGED_OTHERWISE: '{actor} ya participa, en otro sector o por otra parte',
  ACTOR_NOT_ENGAGED: '{actor} no participa aquí',

  NO_SUCH_MISSION: 'La misión {mission} no se planificó nunca',
  MISSION_NOT_OPEN: 'La misión {mission} ya está {is, select, held {celebrada} cancelled {cancelada} other {planificada de otra manera}}',
  MISSION_ALREADY_VIRTUAL: 'La misión {mission} ya pasó a ser virtual, por otro motivo',
  MISSION_NOT_HELD: 'La misión {mission} no se celebró',
  TOO_MANY_MISSIONS: 'Las reglas permiten {allowed} misiones',
  MISSION_ENDS_BEFORE_IT_BEGINS: 'El último día de una misión no puede ser anterior al primero',
  MISSION_DATED_OUTSIDE_ITSELF:
    'El hecho tiene fecha {occurredOn}, pero la misión se celebró de {from} a {to}: diga cuándo ocurrió (occurredOn)',
  TOO_MANY_FUNDED: '{funded} plazas financiadas son demasiadas: las reglas permiten {allowed}. La delegación puede ser mayor',
  DELEGATE_TWICE: 'Alguien figura dos veces en la delegación: {person}',
  MISSION_OF_DELEGATION: 'la misión {mission}, planificada o celebrada',

  PLAN_VERSION_UNEXPECTED: 'El próximo borrador es la versión {next}',
  PLAN_NOT_A_DRAFT:
    'La versión {version} del plan {is, select, none {no está redactada} draft {es un borrador} submitted {está presentada} returned {está devuelta} other {está aprobada}}, y solo se presenta un borrador',
  PLAN_NOT_SUBMITTED: 'La versión {version} del plan no está presentada',
  PLAN_NOT_OPEN:
    'La versión {version} del plan está {is, select, submitted {presentada} other {aprobada}}: ya no se puede redactar de nuevo, pero una aprobada se puede modificar',
  PLAN_NOT_APPROVED: 'La versión {version} del plan no está aprobada, así que no hay nada que modificar',
  PLAN_ALREADY_APPROVED: 'La parte {side, select, european {europea} other {latinoamericana}} ya aprobó la versión {version}',
  PLAN_APPROVED_OTHERWISE:
    'La versión {version} ya no es lo que aprobó la parte {side, select, european {europea} other {latinoamericana}}',
  PLAN_APPROVED_TOO_EARLY:
    'La versión {version} se presentó el {submittedOn}: la parte {side, select, european {europea} other {latinoamericana}} no pudo aprobarla el {occurredOn}',
  PLAN_DOCUMENT_TOO_EARLY: 'La versión {version} se aprobó el {approvedOn}: no se pudo adjuntar su documento aprobado el {occurredOn}',
  PLAN_VERSION_NOT_APPROVED: 'La versión {version} del plan no está aprobada, y solo una versión aprobada tiene documento',
  PLAN_DOCUMENT_STANDS:
    'La versión {version} ya tiene un documento {language, select, none {cuyo idioma nadie indicó} other {en {language}}}: corrija ese hecho para sustituirlo',
  SIDE_NOT_ASKED: 'La parte {side, select, european {europea} other {latinoamericana}} no está entre quienes aprueban el plan',
  NOT_A_SIDE: '{side} no es una parte de este emparejamiento',
  ACTION_TWICE: 'La acción {action} aparece dos veces en el plan',

  NO_SUCH_PILOT: 'No existe el proyecto piloto {pilot}',
  PILOT_ALREADY_DESIGNED: 'El proyecto piloto {pilot} ya se diseñó, de otra manera',
  PAYMENT_RECORDED_OTHERWISE: 'El pago {payment} al proyecto piloto {pilot} ya se registró, de otra manera',
  PILOT_NOT_OPEN:
    'El proyecto piloto {pilot} {is, select, designed {no se ha iniciado} started {ya se inició} completed {está terminado} other {se abandonó}}',

  NO_SUCH_AGREEMENT: 'No existe el acuerdo {agreement}',
  AGREEMENT_ALREADY_DRAFTED: 'El acuerdo {agreement} ya se redactó, de otra manera',
  AGREEMENT_NOT_OPEN:
    'El acuerdo {agreement} {is, select, draft {es solo un borrador} concluded {ya está concluido} expired {ha vencido} other {está rescindido}}',
  NOT_A_SIGNATORY: '{party} no está entre quienes firman {agreement}',
  NO_SUCH_COPY: 'El acuerdo {agreement} no tiene ejemplar en {language}',
  SIGNED_ALREADY: '{party} ya firmó el ejemplar en {language}',
  SIGNATORY_TWICE: '{party} figura dos veces entre quienes firman',
  SIGNATORY_OUTSIDE: '{party} no pertenece a ninguna de las partes',
  SIDE_WITHOUT_SIGNATORY: 'Nadie firma por la parte {side, select, european {europea} other {latinoamericana}}',
  SIGNATURE_MISSING: '{party} no ha firmado el ejemplar en {language}',
  COPY_ATTACHED_ALREADY: 'El ejemplar en {language} del acuerdo {agreement} ya está adjunto: corrija ese hecho para sustituirlo',
  COPY_IN_ANOTHER_LANGUAGE: 'El documento está en {is}, y el ejemplar en {language}',
  NOT_YET_CONCLUDED: 'El acuerdo {agreement} se concluyó el {concludedOn}: nada así resultó de él el {occurredOn}',
  RENEWAL_NOT_LONGER: 'El acuerdo {agreement} vale hasta el {until}: una renovación alarga ese plazo',
  EXPIRED_BEFORE_RENEWAL:
    'Consta que el acuerdo {agreement} venció el {expiredOn}, lo que una renovación del {occurredOn} habría evitado: retire antes el vencimiento',
  NO_END_OF_VALIDITY: 'El acuerdo {agreement} no tiene último día, así que no vence',
  STILL_VALID: 'El acuerdo {agreement} vale hasta el {until}: no pudo vencer el {occurredOn}',
  AMENDMENT_ALREADY_MADE: 'La adenda {amendment} ya se hizo, de otra manera',

  ALREADY_IN_NETWORK: 'Ya está asignado a la red {network}, desde el {from}',
  NOT_IN_NETWORK: 'No estaba asignado a la red {network} el {occurredOn}, o ya la dejó',
  IN_NETWORK_AGAIN: 'Se asignó de nuevo a la red {network} el {from}: la dejó antes de esa fecha',

  DATA_SET_DECLARED_OTHERWISE: 'El conjunto de datos ya se declaró, de otra manera',

  TIE_BY_LEADING_CRITERION:
    'La misma puntuación que {others, plural, one {otra solicitud} other {otras # solicitudes}}; situada por su puntuación en el criterio de mayor peso',
  TIE_BY_SUBMISSION:
    'La misma puntuación que {others, plural, one {otra solicitud} other {otras # solicitudes}}, y que alguna de ellas en el criterio de mayor peso; situada por la fecha de su presentación',
  STILL_TIED:
    'La misma puntuación que {others, plural, one {otra solicitud} other {otras # solicitudes}}; sigue empatada con {tied}, también en el criterio de mayor peso y por la fecha de presentación',

  KNOWN_AT_IN_THE_FUTURE: 'Nadie sabe todavía qué se sabrá en {knownAt}: estamos en {now}',
  POSITION_NOT_REACHED: 'Lo que aquí se cuenta llega hasta la posición {reached}, no hasta la {position}',
};

/** What the rules are, by gate. */
export const spanishGates: Dictionary['gates'] = {
  'not-in-the-future': 'Solo se registra lo que ha ocurrido.',
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
    'Las misiones, los pasos del UCAP, la financiación, la conclusión del acuerdo de cooperación y las suspensiones ocurren dentro del periodo de apoyo: los meses de las reglas (18) desde el arranque, más los días suspendidos y las ampliaciones.',
  'not-while-suspended':
    'Mientras un emparejamiento está suspendido cambian las personas, se reanuda, se amplía o termina, y puede vencer un acuerdo: no ocurre nada más.',
  'resumed-before-the-rest':
    'Una suspensión no abarca ningún día en que conste que ocurrió una misión, la aprobación del UCAP o la conclusión de un acuerdo.',
  'before-the-end':
    'Lo que se registra de un emparejamiento ocurrió antes de que terminara, salvo los resultados publicados más tarde, la vida de sus acuerdos, quién responde por cada parte, sus responsables y sus redes temáticas.',
  'end-after-the-rest':
    'Un emparejamiento no termina antes del día en que consta que ocurrió su arranque, una suspensión, una ampliación, una misión, la aprobación de su UCAP o la conclusión de un acuerdo.',
  'first-visitor': 'La primera misión la hace la parte que las reglas nombran para el componente (C1: la parte europea).',
  'mission-of-delegation': 'Una delegación es la de una misión planificada o celebrada.',
  'mission-before-plan': 'Un UCAP se presenta después de celebrar al menos una misión; una virtual cuenta.',
  'pilot-implements-plan': 'El diseño de un proyecto piloto realiza una acción de un UCAP aprobado.',
  'work-before-agreement':
    'El acuerdo de cooperación se concluye después de celebrar las misiones exigidas, aprobar el UCAP y diseñar al menos un proyecto piloto.',
  'agreement-before-completion':
    'Un emparejamiento se concluye con un acuerdo de cooperación concluido; terminar sin él es un final distinto.',
};

/** What the gates are called. */
export const spanishTitles: Dictionary['titles'] = {
  'not-while-suspended': 'Nada durante la suspensión',
  'resumed-before-the-rest': 'Reanudado antes de lo demás',
  'eligible-when-selected': 'Elegibilidad antes de la selección',
  'free-to-leave': 'Libre de todo emparejamiento',
  'not-in-the-future': 'Solo lo ocurrido',
  'not-before-programme': 'No antes del programa',
  'not-before-call': 'No antes de la convocatoria',
  'within-deadline': 'Dentro del plazo',
  'formed-first': 'Primero se forma el emparejamiento',
  'formed-after-call': 'Formación tras abrirse la convocatoria',
  'within-support-period': 'Dentro del periodo de apoyo',
  'before-the-end': 'Antes del final del emparejamiento',
  'end-after-the-rest': 'El final, después de todo lo demás',
  'first-visitor': 'Quién visita primero',
  'mission-before-plan': 'Una misión antes del UCAP',
  'mission-of-delegation': 'Una misión para la delegación',
  'pilot-implements-plan': 'El proyecto piloto realiza el UCAP',
  'work-before-agreement': 'El trabajo antes del acuerdo',
  'agreement-before-completion': 'Un acuerdo antes de la conclusión',
};
