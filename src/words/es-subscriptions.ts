/** Suscripciones a eventos: lo que pasó, por evento. */
export const spanishSubscriptionEvents = {
  SubscriptionCreated:
    'Suscripción creada con el rol {role}: eventos {delivery}{endpoint, select, _ {} other { a {endpoint}}}{signature, select, _ {} hmac { y firmados con un secreto compartido} other { y firmados con un par de claves}}{from, select, beginning {, desde el primero} now {, a partir de ahora} other {}}{after, select, _ {} other {, después de {after}}}{since, select, _ {} other {, registrados desde {since}}}{lifecycles, select, _ {} other {; ciclos de vida: {lifecycles}}}{types, select, _ {} other {; tipos: {types}}}{streams, select, _ {} other {; flujos: {streams}}}{where_is, select, _ {} other {; donde: {where_is}}}',
  EndpointChanged: 'La dirección de entrega pasa a ser {endpoint}, aún por verificar',
  SubscriptionPaused: 'Suscripción en pausa{reason, select, _ {} other {: {reason}}}',
  SubscriptionResumed: 'Suscripción reanudada',
  SubscriptionMoved:
    'Suscripción trasladada{from, select, beginning { al primer evento} now { a lo que se registre a partir de ahora} other {}}{after, select, _ {} other { a lo que sigue a {after}}}{since, select, _ {} other { a lo registrado desde {since}}}',
  DeliveriesReplayed:
    'Nueva entrega pedida{events, select, _ {} other {: {events_count, plural, one {# evento} other {# eventos}}}}{since, select, _ {} other {: lo registrado desde {since}}}{until, select, _ {} other { y antes de {until}}}',
  SubscriptionDisabled: 'Suscripción desactivada: {because}',
  SubscriptionDeleted: 'Suscripción eliminada{reason, select, _ {} other {: {reason}}}',
} as const;

/** Lo que se puede hacer, por orden. */
export const spanishSubscriptionCommands = {
  CreateSubscription: 'Suscribirse a eventos',
  ChangeEndpoint: 'Cambiar la dirección de entrega',
  PauseSubscription: 'Poner en pausa la suscripción',
  ResumeSubscription: 'Reanudar la suscripción',
  MoveSubscription: 'Trasladar la suscripción a otro punto',
  ReplayDeliveries: 'Pedir que se entreguen eventos de nuevo',
  DisableSubscription: 'Desactivar la suscripción',
  DeleteSubscription: 'Eliminar la suscripción',
} as const;

/** Lo que impide una orden, por código. */
export const spanishSubscriptionRefusals = {
  SUBSCRIPTION_EXISTS: 'Ya hay una suscripción con ese nombre: elija otro, o cambie aquella',
  NO_SUCH_SUBSCRIPTION: 'No existe esa suscripción',
  SUBSCRIPTION_NOT_YOURS: 'La suscripción es de otra cuenta: solo esta, o quien administra, puede cambiarla',
  SUBSCRIPTION_ROLE_NOT_YOURS:
    'La suscripción lee con el rol {role}, que usted no tiene: puede ponerla en pausa o eliminarla; cambiarla, quien administra',
  ROLE_NOT_YOURS: 'No tiene el rol {role}, así que no puede suscribirse con él',
  WEBHOOK_NEEDS_ENDPOINT: 'Los eventos que se envían necesitan una dirección adonde enviarse',
  PULL_HAS_NO_ENDPOINT: 'Los eventos que se leen, y no se envían, no tienen dirección de entrega ni firma',
  START_NAMED_TWICE: 'Indique un solo punto de partida: `from`, `after` o `since`',
  START_MISSING: 'Indique el punto de partida: `from`, `after` o `since`',
  REPLAY_OF_WHAT: 'Indique qué se entrega de nuevo: `events`, o un tiempo desde `since` (y hasta `until`); lo uno o lo otro',
  REPLAY_ENDS_BEFORE: 'El tiempo terminaría en {until}, y empieza en {since}',
  SUBSCRIPTION_DIMENSION_TWICE: 'La dimensión {dimension} se pide dos veces',
} as const;

/** Valores en palabras. */
export const spanishSubscriptionWords = {
  pull: 'leídos por quien se suscribe',
  webhook: 'enviados por webhook',
  hmac: 'secreto compartido',
  ed25519: 'par de claves',
  beginning: 'desde el primer evento',
  now: 'a partir de ahora',
  failing: 'nada llegó durante cinco días',
  gone: 'la dirección de entrega respondió que ya no existe',
} as const;
