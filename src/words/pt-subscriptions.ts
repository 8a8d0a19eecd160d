/** Subscrições de eventos: o que aconteceu, por evento. */
export const portugueseSubscriptionEvents = {
  SubscriptionCreated:
    'Subscrição criada com o papel {role}: eventos {delivery}{endpoint, select, _ {} other { para {endpoint}}}{signature, select, _ {} hmac { e assinados com um segredo partilhado} other { e assinados com um par de chaves}}{from, select, beginning {, desde o primeiro} now {, a partir de agora} other {}}{after, select, _ {} other {, depois de {after}}}{since, select, _ {} other {, registados desde {since}}}{lifecycles, select, _ {} other {; ciclos de vida: {lifecycles}}}{types, select, _ {} other {; tipos: {types}}}{streams, select, _ {} other {; fluxos: {streams}}}{where_is, select, _ {} other {; onde: {where_is}}}',
  EndpointChanged: 'O endereço de entrega passa a ser {endpoint}, ainda por verificar',
  SubscriptionPaused: 'Subscrição em pausa{reason, select, _ {} other {: {reason}}}',
  SubscriptionResumed: 'Subscrição retomada',
  SubscriptionMoved:
    'Subscrição deslocada{from, select, beginning { para o primeiro evento} now { para o que for registado a partir de agora} other {}}{after, select, _ {} other { para o que se segue a {after}}}{since, select, _ {} other { para o registado desde {since}}}',
  DeliveriesReplayed:
    'Nova entrega pedida{events, select, _ {} other {: {events_count, plural, one {# evento} other {# eventos}}}}{since, select, _ {} other {: o registado desde {since}}}{until, select, _ {} other { e antes de {until}}}',
  SubscriptionDisabled: 'Subscrição desativada: {because}',
  SubscriptionDeleted: 'Subscrição eliminada{reason, select, _ {} other {: {reason}}}',
} as const;

/** O que se pode fazer, por comando. */
export const portugueseSubscriptionCommands = {
  CreateSubscription: 'Subscrever eventos',
  ChangeEndpoint: 'Mudar o endereço de entrega',
  PauseSubscription: 'Pôr a subscrição em pausa',
  ResumeSubscription: 'Retomar a subscrição',
  MoveSubscription: 'Deslocar a subscrição para outro ponto',
  ReplayDeliveries: 'Pedir que se entreguem eventos de novo',
  DisableSubscription: 'Desativar a subscrição',
  DeleteSubscription: 'Eliminar a subscrição',
} as const;

/** O que impede um comando, por código. */
export const portugueseSubscriptionRefusals = {
  SUBSCRIPTION_EXISTS: 'Já há uma subscrição com esse nome: escolha outro, ou altere aquela',
  NO_SUCH_SUBSCRIPTION: 'Não existe essa subscrição',
  SUBSCRIPTION_NOT_YOURS: 'A subscrição é de outra conta: só essa, ou quem administra, a pode alterar',
  SUBSCRIPTION_ROLE_NOT_YOURS:
    'A subscrição lê com o papel {role}, que não tem: pode pô-la em pausa ou eliminá-la; só quem administra a altera',
  ROLE_NOT_YOURS: 'Não tem o papel {role}, pelo que não pode subscrever com ele',
  WEBHOOK_NEEDS_ENDPOINT: 'Os eventos que se enviam precisam de um endereço para onde ser enviados',
  PULL_HAS_NO_ENDPOINT: 'Os eventos que se leem, e não se enviam, não têm endereço de entrega nem assinatura',
  START_NAMED_TWICE: 'Indique um só ponto de partida: `from`, `after` ou `since`',
  START_MISSING: 'Indique o ponto de partida: `from`, `after` ou `since`',
  REPLAY_OF_WHAT: 'Indique o que se entrega de novo: `events`, ou um tempo desde `since` (e até `until`); uma coisa ou outra',
  REPLAY_ENDS_BEFORE: 'O tempo terminaria em {until}, e começa em {since}',
  SUBSCRIPTION_DIMENSION_TWICE: 'A dimensão {dimension} é pedida duas vezes',
} as const;

/** Valores em palavras. */
export const portugueseSubscriptionWords = {
  pull: 'lidos por quem subscreve',
  webhook: 'enviados por webhook',
  hmac: 'segredo partilhado',
  ed25519: 'par de chaves',
  beginning: 'desde o primeiro evento',
  now: 'a partir de agora',
  failing: 'nada chegou durante cinco dias',
  gone: 'o endereço de entrega respondeu que já não existe',
} as const;
