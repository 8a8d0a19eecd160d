import type { Dictionary } from './dictionary';

/** What stands in the way, by code. */
export const portugueseRefusals: Dictionary['refusals'] = {
  GATE_CLOSED: 'Ainda não pode constar: {gates}',
  FACTS_REST_ON_IT: 'Factos registados depois assentam no que seria retirado: {facts}',
  PERSON_FORGOTTEN: 'O que se sabia da pessoa {person} foi destruído: nada de novo pode indicá-la',
  ACTOR_FORGOTTEN: 'Foi esquecido de quem era a conta {actor}: nada de novo pode indicá-la',
  NO_SUCH_FACT: 'Nada foi registado na revisão {revision}',
  NOT_IN_FORCE: 'O registado na revisão {revision} já não está em vigor',
  CORRECTED_TWICE: 'Uma mesma ordem corrige duas vezes a revisão {revision}',
  CORRECT_THE_ORIGINAL: 'A revisão {revision} é ela própria uma correção ou uma dispensa: indique o facto original, ou retire-a',
  GATE_CANNOT_BE_WAIVED: 'Da regra {gate} ninguém pode dispensar',
  FACT_NEVER_CHANGES: '{type} nunca muda: outros factos foram decididos segundo ele',
  GATE_NEVER_ASKED: 'A regra {gate} nada pede a {type}',
  WAIVER_FOR_WHICH_FACT: 'Uma dispensa indica uma revisão quando é para um facto registado, e só então',
  NO_SUCH_GATE: 'Não há aqui nenhuma regra chamada {gate}',
  DECIDED_AHEAD: 'Uma dispensa ou uma correção leva a data em que foi decidida: {occurredOn} está no futuro',
  NO_RULE_SET: 'Ainda não vigora aqui nenhum conjunto de regras',
  DATA_NOT_OF_ITS_KIND: 'Os novos dados da revisão {revision} não têm a forma de {type}: {problem}',
  DERIVED_BY_THE_RULES: '{field} de {type} decorre de outros factos: retire o facto e registe-o de novo',
  ITS_DAY_TO_COME: 'que chegue o seu dia: {occurredOn} está no futuro',

  RULE_SET_VERSION_STANDS: 'A versão {version} está publicada com outras regras; uma versão publicada nunca muda: publique a versão {next}',
  RULE_SET_VERSION_NOT_NEXT: 'A próxima versão é a {next}, não a {version}',
  COMPONENT_TWICE: 'A componente {component} aparece duas vezes em {list}',
  MORE_MISSIONS_REQUIRED_THAN_ALLOWED: 'Não se podem exigir {required} missões onde se permitem {allowed}',

  NO_SUCH_PARTY: 'A entidade nunca foi registada',
  PARTY_REGISTERED_OTHERWISE: 'A entidade já está registada, de outra forma',
  CITY_HAS_ONE_COUNTRY: 'Uma cidade fica num país, não em {countries}',
  MEMBERS_OF_WHAT:
    'Só um consórcio ou um conjunto de cidades tem municípios, não {kind, select, city {uma cidade} region {uma região} network {uma rede} organisation {uma organização} country {um país} other {{kind}}}',
  MUNICIPALITY_TWICE: 'O município {municipality} aparece duas vezes',
  REPRESENTATIVE_NOT_A_MEMBER: '{representative} representa municípios entre os quais não está',
  PARTY_HAS_THAT_NAME: 'A entidade já se chama {name}',
  ALIAS_IS_THE_NAME: '{alias} é o nome da entidade: um outro nome é outro',
  ALIAS_STANDS: '{alias} já é outro nome da entidade',
  POPULATION_RECORDED_OTHERWISE: 'A população de {year} já está registada, de outra forma: corrija esse facto se estiver errado',
  YEAR_TO_COME: 'Em {year} ainda ninguém pode ter sido contado',
  ONLY_REGISTERED_MERGED: 'Só se pode fundir uma entidade que esteja registada',
  NOTHING_TO_MERGE_INTO: 'O registo de {into} foi retirado: nada se pode fundir com ela',
  MERGED_INTO_ITSELF: '{into} é esta mesma entidade',
  MERGED_AWAY: '{into} foi por sua vez fundida com {now}: indique {now}',
  OTHER_KIND_OF_PARTY: '{into} está registada como entidade de outro tipo: corrija primeiro o registo que estiver errado',
  ALREADY_MERGED: 'A entidade já está fundida com {into}',
  MERGED_BEFORE_THE_SPLIT: 'A entidade esteve fundida com {into} até {splitOn}: não pode ter sido fundida de novo em {occurredOn}',
  NOT_MERGED: 'A entidade não está fundida com nenhuma outra',
  MERGED_INTO_ANOTHER: 'A entidade está fundida com {into}, não com {from}',
  SPLIT_BEFORE_MERGED: 'A entidade foi fundida com {into} em {mergedOn}: não pode ter sido separada dela em {occurredOn}',

  PROGRAMME_OPENED_FIRST: 'uma data a partir de {openedOn}, quando abriu o programa',
  NO_SUCH_PROGRAMME: 'O programa nunca foi aberto',
  PROGRAMME_OPENED_OTHERWISE: 'O programa já foi aberto, de outra forma',
  ALREADY_ASSIGNED: 'Esta conta já está designada, desde {from}',
  NOT_ASSIGNED: 'Esta conta não está designada em {occurredOn}, ou já foi dispensada',
  ASSIGNED_AGAIN: 'Esta conta voltou a ser designada em {from}: foi dispensada antes dessa data',

  CALL_OPENED_FIRST: 'uma data a partir de {callOpenedOn}, quando abriu a convocatória',
  NO_SUCH_CALL: 'A convocatória nunca foi aberta',
  CALL_OPENED_OTHERWISE: 'A convocatória já foi aberta, de outra forma',
  COMPONENT_WITHOUT_RULES: 'As regras {rules} nada dizem dos países da componente {component}',
  NO_PROGRAMME_TO_BELONG_TO: 'Não existe o programa {programme}: nunca foi aberto, ou a sua abertura foi retirada',
  COMPONENT_NOT_OF_PROGRAMME: 'O programa {programme} não tem a componente {component}',
  NOT_A_THEME_OF_C1: '{theme} não é um dos quinze temas da componente 1',
  DEADLINE_BEFORE_OPENING: 'O prazo {deadline} é anterior à abertura da convocatória, em {openedOn}',
  DEADLINE_NOT_LATER: 'Um prazo alargado é posterior a {deadline}, o que vigora',
  CALL_HAS_ENDED: 'A convocatória foi {phase, select, cancelled {cancelada} other {encerrada}} em {endedOn}',
  CALL_DEADLINE_PASSED: 'uma data até {deadlineDay}, o último dia da convocatória',

  NO_SUCH_APPLICATION: 'Não existe a candidatura {application}',
  NEVER_SUBMITTED: 'A candidatura nunca foi apresentada',
  NO_CALL_TO_ANSWER: 'Não existe a convocatória {call}: nunca foi aberta, ou a sua abertura foi retirada',
  CALL_CANCELLED: 'A convocatória {call} foi cancelada',
  CALL_CLOSED: 'A convocatória {call} foi encerrada em {endedOn}: não aceita candidaturas posteriores',
  CALL_NOT_YET_OPEN: 'A convocatória {call} abriu em {callOpenedOn}: ninguém se pode ter candidatado em {occurredOn}',
  ALREADY_SUBMITTED: 'A candidatura já foi apresentada, de outra forma',
  NOT_YET_SUBMITTED: 'A candidatura foi apresentada em {submittedOn}: nada podia ter resultado dela em {occurredOn}',
  APPLICATION_WITHDRAWN: 'A candidatura foi retirada em {withdrawnOn}',
  DECISION_STANDS:
    'A candidatura está {outcome, select, selected {selecionada} rejected {rejeitada} other {na lista de reserva}}: revogue primeiro essa decisão',
  NO_DECISION: 'Não há nenhuma decisão em vigor sobre a candidatura',

  WEIGHTS_NOT_A_HUNDRED: 'Os pesos dos critérios somam {sum}, não 100',
  CRITERION_TWICE: 'O critério {criterion} aparece duas vezes',
  SCALE_UPSIDE_DOWN: 'A pontuação mais alta de {criterion} ({highest}) não é superior à mais baixa ({lowest})',
  NO_CRITERIA_YET: 'A convocatória {call} não tinha critérios em {occurredOn}: fixe-os primeiro',
  ASSESSOR_OF_ITS_OWN_PARTY: 'Quem pertence a {party}, que se candidata, não avalia a sua candidatura',
  NOT_AN_ASSESSOR_HERE: 'Só quem está atribuído à convocatória {call} avalia as suas candidaturas',
  CONFLICT_OF_INTEREST: 'Em {on} foi declarado um conflito de interesses: quem o declarou já não avalia esta candidatura',
  CONFLICT_DECLARED_OTHERWISE: 'Em {on} já foi declarado um conflito de interesses, de outra forma',
  UNKNOWN_CRITERION: '{criterion} não está entre os critérios da versão {version}',
  CRITERION_SCORED_TWICE: 'O critério {criterion} é pontuado duas vezes',
  CRITERION_NOT_SCORED: 'Falta a pontuação do critério {criterion}',
  SCORE_OUTSIDE_SCALE: 'A pontuação {score} de {criterion} está fora da sua escala, de {lowest} a {highest}',

  ELIGIBILITY_CHECK: 'uma verificação da sua elegibilidade, até {occurredOn}',
  FAILED_RULE_WAIVED:
    'uma dispensa da regra sobre {rule, select, population {população} kind {tipos de entidade} other {países}}, que não cumpre',
  NO_PARTY_TO_JUDGE: '{party} já não é nenhuma entidade: o seu registo foi retirado',
  NOT_YET_CHECKED: 'A elegibilidade da candidatura não tinha sido verificada em {occurredOn}',
  RULE_NOT_FAILED:
    'A regra sobre {rule, select, population {população} kind {tipos de entidade} other {países}} {outcome, select, passed {é cumprida} other {ainda não tem resposta}}: só se dispensa de uma que não é cumprida',
  RULE_ALREADY_WAIVED: 'Da regra sobre {rule, select, population {população} kind {tipos de entidade} other {países}} já houve dispensa',
  POPULATION_REACHED:
    '{city, select, _ {} other {{city}: }}{population, number} habitantes ({year}) onde se pedem pelo menos {required, number}',
  POPULATION_TOO_SMALL:
    '{city, select, _ {} other {{city}: }}apenas {population, number} habitantes ({year}) onde se pedem pelo menos {required, number}',
  POPULATION_NOT_RECORDED:
    'sem população registada{uncounted, select, _ {} other { de {uncounted}}} onde se pedem pelo menos {required, number} habitantes',
  POPULATION_NOT_ASKED: 'sem número de habitantes que se peça a este tipo de entidade ({kind})',
  KIND_MAY_APPLY: 'este tipo de entidade ({kind}) pode candidatar-se',
  KIND_EXCLUDED: 'este tipo de entidade ({kind}) não pode candidatar-se',
  COUNTRIES_OF_THE_SIDE: '{countries} entre os países que as regras admitem',
  COUNTRIES_OUTSIDE: '{countries} fora dos países que as regras admitem',
  COUNTRIES_NOT_RECORDED: 'sem país registado',
  COUNTRIES_NOT_RULED: 'sem países que as regras indiquem para a componente',

  PAIRING_FORMED_FIRST: 'a própria parceria: não está formada',
  KICK_OFF: 'o arranque da parceria',
  WITHIN_SUPPORT: 'uma data dentro do período de apoio, {to, select, _ {a partir de {from}} other {de {from} a {to}}}',
  OUTSIDE_SUSPENSION:
    'uma data fora da suspensão {resumedOn, select, _ {que começou em {on} e ainda dura: primeiro há que retomar a parceria} other {de {on} a {resumedOn}}}',
  RESUMED_BEFORE: 'uma retoma não posterior a {first}, quando consta que aconteceu outra coisa',
  BEFORE_THE_END: 'uma data até {endedOn}, quando a parceria terminou',
  MISSION_HELD_FIRST: 'uma data a partir de {from}, quando se realizou a primeira missão',
  MISSION_HELD: 'uma missão realizada',
  MISSIONS_HELD: '{required} missões realizadas ({held} até agora)',
  FIRST_VISITOR: 'que o lado {side, select, european {europeu} other {latino-americano}} faça a primeira visita',
  APPROVED_PLAN: 'um plano (UCAP) aprovado',
  ACTION_IN_PLAN: 'a ação {action} num plano (UCAP) aprovado',
  PILOT_DESIGNED: 'pelo menos um desenho de projeto-piloto',
  CONCLUDED_AGREEMENT: 'um acordo de cooperação concluído',
  NOTHING_LATER: 'um fim não anterior a {latest}, quando consta que aconteceu outra coisa',
  OTHER_END: 'outro fim: consta que a parceria terminou sem acordo',
  NO_CONCLUDED_AGREEMENT: 'que não haja nenhum acordo de cooperação concluído: com um, a parceria conclui-se',
  NO_SUCH_PAIRING: 'A parceria nunca foi formada',
  ALREADY_FORMED: 'A parceria já foi formada, a partir de outras candidaturas',
  NOT_YET_SELECTED:
    'A candidatura {application} foi selecionada em {decidedOn}: não se podia ter formado com ela uma parceria em {occurredOn}',
  NOT_SELECTED:
    'A candidatura {application} está {phase, select, submitted {apresentada} rejected {rejeitada} withdrawn {retirada} other {na lista de reserva}}, não selecionada',
  ONE_SIDE_ONLY: 'As candidaturas são todas do mesmo lado',
  NOT_FREE: 'A candidatura {application} já serve {pairings}',
  NOT_SELECTED_TO_BE_PAIRED: 'A candidatura não está selecionada',
  SERVES_OTHER_PAIRINGS:
    'A candidatura já serve {pairings}, e foi selecionada para {places, plural, one {uma parceria} other {# parcerias}}',
  SERVES_NO_SUCH_PAIRING: 'A candidatura não serve {pairing}',
  FREE_FIRST: 'uma candidatura que não sirva nenhuma parceria: dissolva antes {pairing}',
  PARTY_TWICE: '{party} aparece duas vezes nesta parceria',
  DIFFERENT_COMPONENTS: 'As candidaturas pertencem a componentes diferentes',
  ALREADY_SUSPENDED: 'A parceria já foi suspensa em {on}',
  NOT_SUSPENDED: 'A parceria não estava suspensa em {occurredOn}, ou já foi retomada',
  SUSPENDED_AGAIN: 'A parceria voltou a ser suspensa em {on}: foi retomada antes dessa data',
  EXTENSION_OF_WHAT: 'Um prolongamento indica o novo último dia (until) ou um número de meses (months): uma das duas coisas',
  EXTENSION_NOT_LATER: 'O apoio dura até {endsOn}: um prolongamento termina depois, não em {until}',
  ALREADY_KICKED_OFF: 'A parceria já arrancou',
  NOT_KICKED_OFF: 'A parceria não arrancou',
  NOT_FORMED_FROM: 'A parceria não foi formada a partir da candidatura {application}',
  ALREADY_ENDED:
    'A parceria terminou ({phase, select, completed {concluída} withdrawn {por retirada} terminated {rescindida} dissolved {dissolvida} other {sem acordo}})',
  NO_SUCH_SIDE: 'Não há aqui nenhum lado {side}',
  FOCAL_POINT_STANDS:
    'Alguém é o ponto focal desse lado em {occurredOn}: {person}. Diga quem substitui quem, ou quem deixou de o ser e quando',
  NOT_THE_FOCAL_POINT: 'Não é o ponto focal desse lado em {occurredOn}: {person}',
  THEME_ALREADY_AGREED: '{theme} já está acordado',
  THEME_NOT_AGREED: '{theme} não foi acordado, ou já foi abandonado',
  ACTOR_ENGAGED_OTHERWISE: '{actor} já participa, noutro setor ou noutro lado',
  ACTOR_NOT_ENGAGED: '{actor} não participa aqui',

  NO_SUCH_MISSION: 'A missão {mission} nunca foi planeada',
  MISSION_NOT_OPEN: 'A missão {mission} já está {is, select, held {realizada} cancelled {cancelada} other {planeada de outra forma}}',
  MISSION_ALREADY_VIRTUAL: 'A missão {mission} já passou a virtual, por outro motivo',
  MISSION_NOT_HELD: 'A missão {mission} não se realizou',
  TOO_MANY_MISSIONS: 'As regras permitem {allowed} missões',
  MISSION_ENDS_BEFORE_IT_BEGINS: 'O último dia de uma missão não pode ser anterior ao primeiro',
  MISSION_DATED_OUTSIDE_ITSELF:
    'O facto tem data {occurredOn}, mas a missão realizou-se de {from} a {to}: diga quando aconteceu (occurredOn)',
  TOO_MANY_FUNDED: '{funded} lugares financiados são demasiados: as regras permitem {allowed}. A delegação pode ser maior',
  DELEGATE_TWICE: 'Alguém figura duas vezes na delegação: {person}',
  MISSION_OF_DELEGATION: 'a missão {mission}, planeada ou realizada',

  PLAN_VERSION_UNEXPECTED: 'O próximo rascunho é a versão {next}',
  PLAN_NOT_A_DRAFT:
    'A versão {version} do plano {is, select, none {não está redigida} draft {é um rascunho} submitted {está apresentada} returned {está devolvida} other {está aprovada}}, e só se apresenta um rascunho',
  PLAN_NOT_SUBMITTED: 'A versão {version} do plano não está apresentada',
  PLAN_NOT_OPEN:
    'A versão {version} do plano está {is, select, submitted {apresentada} other {aprovada}}: já não pode ser redigida de novo, mas uma aprovada pode ser alterada',
  PLAN_NOT_APPROVED: 'A versão {version} do plano não está aprovada, por isso não há nada a alterar',
  PLAN_ALREADY_APPROVED: 'O lado {side, select, european {europeu} other {latino-americano}} já aprovou a versão {version}',
  PLAN_APPROVED_OTHERWISE: 'A versão {version} já não é o que o lado {side, select, european {europeu} other {latino-americano}} aprovou',
  PLAN_APPROVED_TOO_EARLY:
    'A versão {version} foi apresentada em {submittedOn}: o lado {side, select, european {europeu} other {latino-americano}} não a podia ter aprovado em {occurredOn}',
  PLAN_DOCUMENT_TOO_EARLY:
    'A versão {version} foi aprovada em {approvedOn}: o seu documento aprovado não podia ter sido anexado em {occurredOn}',
  PLAN_VERSION_NOT_APPROVED: 'A versão {version} do plano não está aprovada, e só uma versão aprovada tem documento',
  PLAN_DOCUMENT_STANDS:
    'A versão {version} já tem um documento {language, select, none {cujo idioma ninguém indicou} other {em {language}}}: corrija esse facto para o substituir',
  SIDE_NOT_ASKED: 'O lado {side, select, european {europeu} other {latino-americano}} não está entre quem aprova o plano',
  NOT_A_SIDE: '{side} não é um lado desta parceria',
  ACTION_TWICE: 'A ação {action} aparece duas vezes no plano',

  NO_SUCH_PILOT: 'Não existe o projeto-piloto {pilot}',
  PILOT_ALREADY_DESIGNED: 'O projeto-piloto {pilot} já foi desenhado, de outra forma',
  PAYMENT_RECORDED_OTHERWISE: 'O pagamento {payment} ao projeto-piloto {pilot} já foi registado, de outra forma',
  PILOT_NOT_OPEN:
    'O projeto-piloto {pilot} {is, select, designed {não foi iniciado} started {já foi iniciado} completed {está terminado} other {foi abandonado}}',

  NO_SUCH_AGREEMENT: 'Não existe o acordo {agreement}',
  AGREEMENT_ALREADY_DRAFTED: 'O acordo {agreement} já foi redigido, de outra forma',
  AGREEMENT_NOT_OPEN:
    'O acordo {agreement} {is, select, draft {é só um rascunho} concluded {já está concluído} expired {caducou} other {está rescindido}}',
  NOT_A_SIGNATORY: '{party} não está entre quem assina {agreement}',
  NO_SUCH_COPY: 'O acordo {agreement} não tem exemplar em {language}',
  SIGNED_ALREADY: '{party} já assinou o exemplar em {language}',
  SIGNATORY_TWICE: '{party} figura duas vezes entre quem assina',
  SIGNATORY_OUTSIDE: '{party} não pertence a nenhum dos lados',
  SIDE_WITHOUT_SIGNATORY: 'Ninguém assina pelo lado {side, select, european {europeu} other {latino-americano}}',
  SIGNATURE_MISSING: '{party} não assinou o exemplar em {language}',
  COPY_ATTACHED_ALREADY: 'O exemplar em {language} do acordo {agreement} já está anexado: corrija esse facto para o substituir',
  COPY_IN_ANOTHER_LANGUAGE: 'O documento está em {is}, e o exemplar em {language}',
  NOT_YET_CONCLUDED: 'O acordo {agreement} foi concluído em {concludedOn}: nada disso resultou dele em {occurredOn}',
  RENEWAL_NOT_LONGER: 'O acordo {agreement} é válido até {until}: uma renovação prolonga esse prazo',
  EXPIRED_BEFORE_RENEWAL:
    'Consta que o acordo {agreement} caducou em {expiredOn}, o que uma renovação em {occurredOn} teria evitado: retire primeiro a caducidade',
  NO_END_OF_VALIDITY: 'O acordo {agreement} não tem último dia, pelo que não caduca',
  STILL_VALID: 'O acordo {agreement} é válido até {until}: não pode ter caducado em {occurredOn}',
  AMENDMENT_ALREADY_MADE: 'A adenda {amendment} já foi feita, de outra forma',

  ALREADY_IN_NETWORK: 'Já está atribuída à rede {network}, desde {from}',
  NOT_IN_NETWORK: 'Não estava atribuída à rede {network} em {occurredOn}, ou já a deixou',
  IN_NETWORK_AGAIN: 'Foi de novo atribuída à rede {network} em {from}: deixou-a antes dessa data',

  DATA_SET_DECLARED_OTHERWISE: 'O conjunto de dados já foi declarado, de outra forma',

  TIE_BY_LEADING_CRITERION:
    'A mesma pontuação que {others, plural, one {outra candidatura} other {outras # candidaturas}}; colocada pela sua pontuação no critério de maior peso',
  TIE_BY_SUBMISSION:
    'A mesma pontuação que {others, plural, one {outra candidatura} other {outras # candidaturas}}, e que alguma delas no critério de maior peso; colocada pela data da sua apresentação',
  STILL_TIED:
    'A mesma pontuação que {others, plural, one {outra candidatura} other {outras # candidaturas}}; continua empatada com {tied}, também no critério de maior peso e pela data de apresentação',

  KNOWN_AT_IN_THE_FUTURE: 'Ninguém sabe ainda o que se saberá em {knownAt}: estamos em {now}',
  POSITION_NOT_REACHED: 'O que aqui se conta chega à posição {reached}, não à {position}',
};

/** What the rules are, by gate. */
export const portugueseGates: Dictionary['gates'] = {
  'not-in-the-future': 'Só se regista o que aconteceu.',
  'not-before-programme': 'Nenhum facto de um programa aconteceu antes de ele abrir.',
  'call.not-before-call': 'Nenhum facto de uma convocatória aconteceu antes de ela abrir.',
  'free-to-leave':
    'Uma candidatura é retirada, ou a decisão sobre ela revogada, antes de se formar com ela uma parceria ou depois de esta ser dissolvida.',
  'application.not-before-call': 'Nenhum facto de uma candidatura aconteceu antes de abrir a sua convocatória.',
  'pairing.not-before-call': 'Nenhum facto de uma parceria aconteceu antes de abrir a sua convocatória.',
  'within-deadline':
    'Uma candidatura é apresentada até ao último dia da sua convocatória, no fuso horário desta e conforme o prazo foi alargado.',
  'eligible-when-selected':
    'Uma candidatura é selecionada depois de verificada a sua elegibilidade e dispensada cada regra que não cumpre; o que não se sabe não a exclui.',
  'formed-first': 'De uma parceria nada se regista antes de a formar.',
  'formed-after-call': 'Uma parceria forma-se depois de abrir a sua convocatória.',
  'within-support-period':
    'As missões, os passos do UCAP, o financiamento, a conclusão do acordo de cooperação e as suspensões acontecem dentro do período de apoio: os meses das regras (18) desde o arranque, mais os dias suspensos e os prolongamentos.',
  'not-while-suspended':
    'Enquanto uma parceria está suspensa mudam as pessoas, ela é retomada, prolongada ou termina, e um acordo pode caducar: nada mais acontece.',
  'resumed-before-the-rest':
    'Uma suspensão não abrange nenhum dia em que conste que aconteceu uma missão, a aprovação do UCAP ou a conclusão de um acordo.',
  'before-the-end':
    'O que se regista de uma parceria aconteceu antes de ela terminar, salvo os resultados publicados mais tarde, a vida dos seus acordos, quem responde por cada lado, os seus responsáveis e as suas redes temáticas.',
  'end-after-the-rest':
    'Uma parceria não termina antes do dia em que consta que aconteceu o seu arranque, uma suspensão, um prolongamento, uma missão, a aprovação do seu UCAP ou a conclusão de um acordo.',
  'first-visitor': 'A primeira missão é feita pelo lado que as regras indicam para a componente (C1: o lado europeu).',
  'mission-of-delegation': 'Uma delegação é a de uma missão planeada ou realizada.',
  'mission-before-plan': 'Um UCAP apresenta-se depois de realizada pelo menos uma missão; uma virtual conta.',
  'pilot-implements-plan': 'O desenho de um projeto-piloto concretiza uma ação de um UCAP aprovado.',
  'work-before-agreement':
    'O acordo de cooperação conclui-se depois de realizadas as missões exigidas, aprovado o UCAP e desenhado pelo menos um projeto-piloto.',
  'agreement-before-completion': 'Uma parceria conclui-se com um acordo de cooperação concluído; terminar sem ele é um fim distinto.',
};

/** What the gates are called. */
export const portugueseTitles: Dictionary['titles'] = {
  'not-while-suspended': 'Nada durante a suspensão',
  'resumed-before-the-rest': 'Retomada antes do resto',
  'eligible-when-selected': 'Elegibilidade antes da seleção',
  'free-to-leave': 'Livre de qualquer parceria',
  'not-in-the-future': 'Só o que aconteceu',
  'not-before-programme': 'Não antes do programa',
  'not-before-call': 'Não antes da convocatória',
  'within-deadline': 'Dentro do prazo',
  'formed-first': 'Primeiro forma-se a parceria',
  'formed-after-call': 'Formação depois de abrir a convocatória',
  'within-support-period': 'Dentro do período de apoio',
  'before-the-end': 'Antes do fim da parceria',
  'end-after-the-rest': 'O fim, depois de tudo o resto',
  'first-visitor': 'Quem visita primeiro',
  'mission-before-plan': 'Uma missão antes do UCAP',
  'mission-of-delegation': 'Uma missão para a delegação',
  'pilot-implements-plan': 'O projeto-piloto concretiza o UCAP',
  'work-before-agreement': 'O trabalho antes do acordo',
  'agreement-before-completion': 'Um acordo antes da conclusão',
};
