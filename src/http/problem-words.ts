import type { Language } from '../words/say';
import type { ProblemCode } from './problems';

interface Words {
  readonly title: string;
  /** An ICU message. */
  readonly detail: string;
}

/** What HTTP's own problems are called and say. */
export const problemWords: Readonly<Record<Language, Readonly<Record<ProblemCode | 'REFUSED', Words>>>> = {
  en: {
    MALFORMED: { title: 'Malformed', detail: 'The request is not what this address takes; see errors.' },
    AS_OF_NOT_OFFERED: {
      title: 'Only of now',
      detail: 'This address answers of now alone: it takes neither asOf nor knownAt. Figures, reports, things and their timelines do.',
    },
    NOT_JSON: { title: 'Not JSON', detail: 'The body is not a JSON object.' },
    DOCUMENT_EMPTY: { title: 'No bytes', detail: 'A document has at least one byte.' },
    DIGEST_DIFFERS: {
      title: 'Other bytes',
      detail: 'The bytes that came have the SHA-256 {digest}, not the one that was announced; nothing was kept.',
    },
    NOT_STORABLE: { title: 'Not storable', detail: 'What this would record cannot be stored as it is.' },
    UNAUTHENTICATED: { title: 'Who are you?', detail: 'This needs a valid access token: Authorization: Bearer <token>.' },
    TOKEN_NOT_GOOD: { title: 'Token not good', detail: 'What was sent is no access token for this service.' },
    TOKEN_NOT_OF_THIS_ISSUER: {
      title: 'Token of another issuer',
      detail:
        'The access token was not given by the issuer whose tokens are taken here. One that `puente token` prints is taken by a server with the same PUENTE_HOME.',
    },
    TOKEN_EXPIRED: { title: 'Token expired', detail: 'The access token has expired; get a new one.' },
    FORBIDDEN: { title: 'Not yours to do', detail: 'This takes one of these roles: {roles}.' },
    NO_ROLE: { title: 'No role', detail: 'The access token names no role that is known here.' },
    NOT_RESPONSIBLE: {
      title: 'Others are responsible',
      detail: 'This is for the officers assigned to {streams}, and for administrators.',
    },
    NOT_FOUND: { title: 'Not found', detail: 'There is no {thing} {id}.{near, select, _ {} other { Near it: {near}.}}' },
    NO_SUCH_ROUTE: {
      title: 'No such address',
      detail: 'Nothing answers at this address; /openapi.json lists those that do.{near, select, _ {} other { Near it: {near}.}}',
    },
    METHOD_NOT_ALLOWED: { title: 'Wrong method', detail: 'This address takes {allowed}.' },
    DOCUMENT_DESCRIBED_OTHERWISE: {
      title: 'Known as something else',
      detail:
        'These bytes are stored already, as {mediaType} {language, select, none {without a language} other {in {language}}}; an officer can change what is said of them.',
    },
    UNKNOWN_REFERENCE: { title: 'Unknown reference', detail: 'There is no {thing} {id}.' },
    DOCUMENT_ERASED: {
      title: 'Erased',
      detail: 'The bytes of this document were destroyed on {on}{reason, select, _ {.} other {: {reason}}}',
    },
    FORGOTTEN: { title: 'Forgotten', detail: 'What was known of {id} has been destroyed.' },
    OTHER_EPOCH: {
      title: 'Position of another store',
      detail:
        'The position was given before the store was restored or copied; begin again without it, or from what /v1/position answers for an event or a time.',
    },
    NOT_YOUR_SUBSCRIPTION: {
      title: 'Not your subscription',
      detail: 'The subscription {id} is for the account that created it, in its role, and for administrators.',
    },
    SUBSCRIPTION_RESTS: {
      title: 'Rests',
      detail: 'The subscription {id} is {is, select, paused {paused} other {disabled}}: resume it first.',
    },
    DELIVERED_OTHERWISE: {
      title: 'Delivered otherwise',
      detail:
        '{is, select, webhook {Events of {id} are sent to its endpoint} other {Events of {id} are claimed by workers}}: it has no such thing.',
    },
    CLAIM_NOT_HELD: {
      title: 'Claim not held',
      detail: 'The claim {claim} is done, or its time ran out and others were given its events.',
    },
    NOT_IN_CLAIM: {
      title: 'Not in the claim',
      detail: 'The claim {claim} does not hold the event {event}: nothing was acknowledged.',
    },
    ENDPOINT_NOT_READY: {
      title: 'Endpoint not ready',
      detail:
        '{why, select, NO_SECRET {Nothing is sent before a secret was issued} other {The address of the endpoint was forgotten: name another}}.',
    },
    PLACE_LOST: {
      title: 'Place lost',
      detail:
        'Where the subscription {id} was is not in this store, which was restored or copied: move it to an event, an instant or the beginning.',
    },
    STALE_REVISION: { title: 'Changed meanwhile', detail: 'It stands at revision {actual, number}, not at the one named by If-Match.' },
    DOCUMENT_TOO_LARGE: { title: 'Too large', detail: 'A document may have at most {size, number} MiB.' },
    TOO_LARGE: { title: 'Too large', detail: 'A body may have at most one megabyte.' },
    DOCUMENT_TYPE_NOT_TAKEN: {
      title: 'No type of document',
      detail: 'Documents come as they are, unpacked, texts in UTF-8, as one of these: {types}.',
    },
    UNSUPPORTED_MEDIA_TYPE: { title: 'Unsupported media type', detail: 'Bodies are sent as application/json in UTF-8.' },
    KEY_REUSED: { title: 'Key used before', detail: 'This Idempotency-Key was sent before with another body.' },
    PRECONDITION_REQUIRED: {
      title: 'If-Match is required',
      detail: 'A correction must name the revision it was decided on: If-Match: "<revision>".',
    },
    TOO_MANY_REQUESTS: { title: 'Too many requests', detail: 'Wait {seconds, number} seconds.' },
    DOCUMENT_DAMAGED: {
      title: 'Damaged',
      detail: 'What is stored is no longer the document {digest}; storing the same bytes again makes it whole.',
    },
    INTERNAL: { title: 'Failed', detail: 'Something is wrong here; the log knows this request by its id.' },
    TRY_AGAIN: { title: 'Try again', detail: 'This was not decided in time; send it again with the same Idempotency-Key.' },
    NOT_READY: { title: 'Not ready', detail: 'This is not as it should be: {checks}.' },
    NOT_CAUGHT_UP: { title: 'Not caught up', detail: 'What was recorded up to this position cannot be read yet; ask again.' },
    UNAVAILABLE: { title: 'Unavailable', detail: 'Something this needs does not answer; ask again.' },
    REFUSED: { title: 'Refused by a rule', detail: '{code}' },
  },
  es: {
    MALFORMED: { title: 'Mal formada', detail: 'La petición no es lo que admite esta dirección; véase errors.' },
    AS_OF_NOT_OFFERED: {
      title: 'Solo de ahora',
      detail:
        'Esta dirección responde solo de ahora: no admite asOf ni knownAt. Sí los admiten las cifras, los informes, las cosas y sus cronologías.',
    },
    NOT_JSON: { title: 'No es JSON', detail: 'El cuerpo no es un objeto JSON.' },
    DOCUMENT_EMPTY: { title: 'Sin contenido', detail: 'Un documento tiene al menos un byte.' },
    DIGEST_DIFFERS: {
      title: 'Otro contenido',
      detail: 'Lo que ha llegado tiene el SHA-256 {digest}, no el anunciado; no se ha guardado nada.',
    },
    NOT_STORABLE: { title: 'No se puede guardar', detail: 'Lo que esto registraría no se puede guardar tal cual.' },
    UNAUTHENTICATED: { title: '¿Quién es usted?', detail: 'Hace falta un token de acceso válido: Authorization: Bearer <token>.' },
    TOKEN_NOT_GOOD: { title: 'Token no válido', detail: 'Lo que se ha enviado no es un token de acceso para este servicio.' },
    TOKEN_NOT_OF_THIS_ISSUER: {
      title: 'Token de otro emisor',
      detail:
        'El token de acceso no lo ha dado el emisor cuyos tokens se admiten aquí. El que imprime `puente token` lo admite un servidor con el mismo PUENTE_HOME.',
    },
    TOKEN_EXPIRED: { title: 'Token caducado', detail: 'El token de acceso ha caducado; obtenga otro.' },
    FORBIDDEN: { title: 'No le corresponde', detail: 'Hace falta uno de estos roles: {roles}.' },
    NO_ROLE: { title: 'Sin rol', detail: 'El token de acceso no nombra ningún rol conocido aquí.' },
    NOT_RESPONSIBLE: {
      title: 'Responden otras personas',
      detail: 'Esto corresponde a los responsables asignados a {streams}, y a la administración.',
    },
    NOT_FOUND: { title: 'No existe', detail: 'No existe {thing} {id}.{near, select, _ {} other { Con nombre parecido: {near}.}}' },
    NO_SUCH_ROUTE: {
      title: 'Dirección desconocida',
      detail: 'Nada responde en esta dirección; /openapi.json enumera las que existen.{near, select, _ {} other { Parecidas: {near}.}}',
    },
    METHOD_NOT_ALLOWED: { title: 'Método equivocado', detail: 'Esta dirección admite {allowed}.' },
    DOCUMENT_DESCRIBED_OTHERWISE: {
      title: 'Ya guardado como otra cosa',
      detail:
        'Este contenido ya está guardado, como {mediaType} {language, select, none {sin idioma} other {en {language}}}; un responsable del programa puede cambiar lo que se dice de él.',
    },
    UNKNOWN_REFERENCE: { title: 'Referencia desconocida', detail: 'No existe {thing} {id}.' },
    DOCUMENT_ERASED: {
      title: 'Borrado',
      detail: 'El contenido de este documento se destruyó el {on}{reason, select, _ {.} other {: {reason}}}',
    },
    FORGOTTEN: { title: 'Olvidado', detail: 'Lo que se sabía de {id} ha sido destruido.' },
    OTHER_EPOCH: {
      title: 'Posición de otro almacén',
      detail:
        'La posición es anterior a que el almacén se restaurara o copiara; empiece de nuevo sin ella, o desde la que dé /v1/position para un evento o un instante.',
    },
    NOT_YOUR_SUBSCRIPTION: {
      title: 'La suscripción no es suya',
      detail: 'La suscripción {id} es para la cuenta que la creó, en su función, y para quienes administran.',
    },
    SUBSCRIPTION_RESTS: {
      title: 'En reposo',
      detail: 'La suscripción {id} está {is, select, paused {en pausa} other {desactivada}}: reanúdela antes.',
    },
    DELIVERED_OTHERWISE: {
      title: 'Se entrega de otro modo',
      detail:
        '{is, select, webhook {Los hechos de {id} se envían a su dirección} other {Los hechos de {id} los recogen trabajadores}}: no tiene tal cosa.',
    },
    CLAIM_NOT_HELD: {
      title: 'Reserva no vigente',
      detail: 'La reserva {claim} está terminada, o se agotó su tiempo y sus hechos se dieron a otros.',
    },
    NOT_IN_CLAIM: {
      title: 'No está en la reserva',
      detail: 'La reserva {claim} no contiene el hecho {event}: no se ha dado nada por hecho.',
    },
    ENDPOINT_NOT_READY: {
      title: 'Dirección no lista',
      detail: '{why, select, NO_SECRET {No se envía nada antes de emitir un secreto} other {La dirección se ha olvidado: indique otra}}.',
    },
    PLACE_LOST: {
      title: 'Lugar perdido',
      detail:
        'El lugar donde estaba la suscripción {id} no está en este almacén, que se restauró o copió: muévala a un hecho, un instante o el principio.',
    },
    STALE_REVISION: { title: 'Ha cambiado entretanto', detail: 'Está en la revisión {actual, number}, no en la que nombra If-Match.' },
    DOCUMENT_TOO_LARGE: { title: 'Demasiado grande', detail: 'Un documento puede tener como máximo {size, number} MiB.' },
    TOO_LARGE: { title: 'Demasiado grande', detail: 'Un cuerpo puede tener como máximo un megabyte.' },
    DOCUMENT_TYPE_NOT_TAKEN: {
      title: 'Tipo de documento no admitido',
      detail: 'Los documentos se envían tal cual, sin comprimir y los textos en UTF-8, como uno de estos tipos: {types}.',
    },
    UNSUPPORTED_MEDIA_TYPE: { title: 'Tipo de contenido no admitido', detail: 'Los cuerpos se envían como application/json en UTF-8.' },
    KEY_REUSED: { title: 'Clave ya usada', detail: 'Esta Idempotency-Key ya se envió con otro cuerpo.' },
    PRECONDITION_REQUIRED: {
      title: 'Falta If-Match',
      detail: 'Una corrección debe nombrar la revisión sobre la que se decidió: If-Match: "<revisión>".',
    },
    TOO_MANY_REQUESTS: { title: 'Demasiadas peticiones', detail: 'Espere {seconds, number} segundos.' },
    DOCUMENT_DAMAGED: {
      title: 'Dañado',
      detail: 'Lo que está guardado ya no es el documento {digest}; al guardar de nuevo el mismo contenido queda entero.',
    },
    INTERNAL: { title: 'Ha fallado', detail: 'Algo va mal aquí; el registro conoce esta petición por su id.' },
    TRY_AGAIN: { title: 'Inténtelo de nuevo', detail: 'No se decidió a tiempo; envíelo otra vez con la misma Idempotency-Key.' },
    NOT_READY: { title: 'No está listo', detail: 'Esto no está como debe: {checks}.' },
    NOT_CAUGHT_UP: { title: 'Todavía no al día', detail: 'Lo registrado hasta esta posición aún no se puede leer; pregunte de nuevo.' },
    UNAVAILABLE: { title: 'No disponible', detail: 'Algo que hace falta no responde; pregunte de nuevo.' },
    REFUSED: { title: 'Rechazado por una regla', detail: '{code}' },
  },
  pt: {
    MALFORMED: { title: 'Malformado', detail: 'O pedido não é o que este endereço aceita; ver errors.' },
    AS_OF_NOT_OFFERED: {
      title: 'Só de agora',
      detail:
        'Este endereço responde só de agora: não aceita asOf nem knownAt. Aceitam-nos os números, os relatórios, as coisas e as suas cronologias.',
    },
    NOT_JSON: { title: 'Não é JSON', detail: 'O corpo não é um objeto JSON.' },
    DOCUMENT_EMPTY: { title: 'Sem conteúdo', detail: 'Um documento tem pelo menos um byte.' },
    DIGEST_DIFFERS: { title: 'Outro conteúdo', detail: 'O que chegou tem o SHA-256 {digest}, não o anunciado; nada foi guardado.' },
    NOT_STORABLE: { title: 'Não pode ser guardado', detail: 'O que isto registaria não pode ser guardado tal como está.' },
    UNAUTHENTICATED: { title: 'Quem é?', detail: 'É necessário um token de acesso válido: Authorization: Bearer <token>.' },
    TOKEN_NOT_GOOD: { title: 'Token inválido', detail: 'O que foi enviado não é um token de acesso para este serviço.' },
    TOKEN_NOT_OF_THIS_ISSUER: {
      title: 'Token de outro emissor',
      detail:
        'O token de acesso não foi dado pelo emissor cujos tokens se aceitam aqui. O que `puente token` imprime é aceite por um servidor com o mesmo PUENTE_HOME.',
    },
    TOKEN_EXPIRED: { title: 'Token expirado', detail: 'O token de acesso expirou; obtenha outro.' },
    FORBIDDEN: { title: 'Não lhe cabe', detail: 'É necessário um destes papéis: {roles}.' },
    NO_ROLE: { title: 'Sem papel', detail: 'O token de acesso não indica nenhum papel conhecido aqui.' },
    NOT_RESPONSIBLE: {
      title: 'Respondem outras pessoas',
      detail: 'Isto cabe aos responsáveis designados para {streams}, e à administração.',
    },
    NOT_FOUND: { title: 'Não existe', detail: 'Não existe {thing} {id}.{near, select, _ {} other { Com nome parecido: {near}.}}' },
    NO_SUCH_ROUTE: {
      title: 'Endereço desconhecido',
      detail: 'Nada responde neste endereço; /openapi.json enumera os que existem.{near, select, _ {} other { Parecidos: {near}.}}',
    },
    METHOD_NOT_ALLOWED: { title: 'Método errado', detail: 'Este endereço aceita {allowed}.' },
    DOCUMENT_DESCRIBED_OTHERWISE: {
      title: 'Já guardado como outra coisa',
      detail:
        'Este conteúdo já está guardado, como {mediaType} {language, select, none {sem língua indicada} other {em {language}}}; um responsável do programa pode alterar o que dele se diz.',
    },
    UNKNOWN_REFERENCE: { title: 'Referência desconhecida', detail: 'Não existe {thing} {id}.' },
    DOCUMENT_ERASED: {
      title: 'Apagado',
      detail: 'O conteúdo deste documento foi destruído em {on}{reason, select, _ {.} other {: {reason}}}',
    },
    FORGOTTEN: { title: 'Esquecido', detail: 'O que se sabia de {id} foi destruído.' },
    OTHER_EPOCH: {
      title: 'Posição de outro armazém',
      detail:
        'A posição é anterior ao restauro ou à cópia do armazém; recomece sem ela, ou a partir da que /v1/position der para um evento ou um instante.',
    },
    NOT_YOUR_SUBSCRIPTION: {
      title: 'A subscrição não é sua',
      detail: 'A subscrição {id} é da conta que a criou, na sua função, e de quem administra.',
    },
    SUBSCRIPTION_RESTS: {
      title: 'Em repouso',
      detail: 'A subscrição {id} está {is, select, paused {em pausa} other {desativada}}: retome-a primeiro.',
    },
    DELIVERED_OTHERWISE: {
      title: 'Entrega-se de outro modo',
      detail:
        '{is, select, webhook {Os factos de {id} são enviados para o seu endereço} other {Os factos de {id} são recolhidos por trabalhadores}}: não tem tal coisa.',
    },
    CLAIM_NOT_HELD: {
      title: 'Reserva sem efeito',
      detail: 'A reserva {claim} está terminada, ou o seu tempo esgotou-se e os seus factos foram dados a outros.',
    },
    NOT_IN_CLAIM: {
      title: 'Não está na reserva',
      detail: 'A reserva {claim} não contém o facto {event}: nada foi dado por concluído.',
    },
    ENDPOINT_NOT_READY: {
      title: 'Endereço não pronto',
      detail: '{why, select, NO_SECRET {Nada é enviado antes de ser emitido um segredo} other {O endereço foi esquecido: indique outro}}.',
    },
    PLACE_LOST: {
      title: 'Lugar perdido',
      detail:
        'O lugar onde estava a subscrição {id} não está neste armazém, que foi restaurado ou copiado: mova-a para um facto, um instante ou o início.',
    },
    STALE_REVISION: { title: 'Mudou entretanto', detail: 'Está na revisão {actual, number}, não na indicada por If-Match.' },
    DOCUMENT_TOO_LARGE: { title: 'Grande demais', detail: 'Um documento pode ter no máximo {size, number} MiB.' },
    TOO_LARGE: { title: 'Grande demais', detail: 'Um corpo pode ter no máximo um megabyte.' },
    DOCUMENT_TYPE_NOT_TAKEN: {
      title: 'Tipo de documento não aceite',
      detail: 'Os documentos enviam-se tal como são, sem compressão e os textos em UTF-8, como um destes tipos: {types}.',
    },
    UNSUPPORTED_MEDIA_TYPE: { title: 'Tipo de conteúdo não suportado', detail: 'Os corpos enviam-se como application/json em UTF-8.' },
    KEY_REUSED: { title: 'Chave já usada', detail: 'Esta Idempotency-Key já foi enviada com outro corpo.' },
    PRECONDITION_REQUIRED: {
      title: 'Falta If-Match',
      detail: 'Uma correção deve indicar a revisão sobre a qual foi decidida: If-Match: "<revisão>".',
    },
    TOO_MANY_REQUESTS: { title: 'Pedidos a mais', detail: 'Aguarde {seconds, number} segundos.' },
    DOCUMENT_DAMAGED: {
      title: 'Danificado',
      detail: 'O que está guardado já não é o documento {digest}; guardar de novo o mesmo conteúdo torna-o inteiro.',
    },
    INTERNAL: { title: 'Falhou', detail: 'Algo está mal aqui; o registo conhece este pedido pelo seu id.' },
    TRY_AGAIN: { title: 'Tente de novo', detail: 'Não foi decidido a tempo; envie outra vez com a mesma Idempotency-Key.' },
    NOT_READY: { title: 'Não está pronto', detail: 'Isto não está como deve: {checks}.' },
    NOT_CAUGHT_UP: { title: 'Ainda não atualizado', detail: 'O registado até esta posição ainda não pode ser lido; pergunte de novo.' },
    UNAVAILABLE: { title: 'Indisponível', detail: 'Algo de que isto precisa não responde; pergunte de novo.' },
    REFUSED: { title: 'Recusado por uma regra', detail: '{code}' },
  },
};
