import type { Dictionary } from './dictionary';

/** What the rules are, by gate. */
export const portugueseGates: Dictionary['gates'] = {
  'registered-first': 'De um programa, uma iniciativa ou um projeto adscrito nada se regista antes de ele ser registado.',
  'before-its-conclusion':
    'Depois da sua conclusão um programa, uma iniciativa ou um projeto adscrito não tem outros países, outro tipo, outro plano nem outra prorrogação.',
  'not-in-the-future': 'Só se regista o que aconteceu.',
  'something-could-pass': 'Uma subscrição pede de uma dimensão o que os eventos podem ter nela.',
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
    'As missões, os passos do UCAP, o financiamento, as despesas, a conclusão do acordo de cooperação e as suspensões acontecem dentro do período de apoio: os meses das regras (18) desde o arranque, mais os dias suspensos e os prolongamentos.',
  'not-while-suspended':
    'Enquanto uma parceria está suspensa mudam as pessoas, ela é retomada, prolongada ou termina, um acordo pode caducar e uma taxa de câmbio ser publicada: nada mais acontece.',
  'resumed-before-the-rest':
    'Uma suspensão não abrange nenhum dia em que conste que aconteceu uma missão, uma despesa, a aprovação do UCAP, o desenho, o início ou o financiamento de um projeto-piloto, ou a assinatura ou a conclusão de um acordo.',
  'before-the-end':
    'O que se regista de uma parceria aconteceu antes de ela terminar, salvo os resultados publicados mais tarde, a vida dos seus acordos, quem responde por cada lado, os seus responsáveis, as suas redes temáticas e as taxas de câmbio.',
  'end-after-the-rest':
    'Uma parceria não termina antes do dia em que consta que aconteceu o seu arranque, uma suspensão, um prolongamento, uma missão, uma despesa, a aprovação do seu UCAP, o desenho, o início ou o financiamento de um projeto-piloto, ou a assinatura ou a conclusão de um acordo.',
  'first-visitor': 'A primeira missão é feita pelo lado que as regras indicam para a componente (C1: o lado europeu).',
  'mission-of-delegation': 'Uma delegação é a de uma missão planeada ou realizada.',
  'purpose-of-expense':
    'Gasta-se dinheiro para uma missão que foi planeada, aconteça o que acontecer com ela, ou para um projeto-piloto que foi desenhado.',
  'formed-before-kick-off': 'Uma parceria arranca depois de formada.',
  'mission-before-plan': 'Um UCAP apresenta-se depois de realizada pelo menos uma missão; uma virtual conta.',
  'pilot-implements-plan': 'O desenho de um projeto-piloto concretiza uma ação de um UCAP já então aprovado.',
  'work-before-agreement':
    'O acordo de cooperação conclui-se depois de realizadas as missões exigidas, aprovado o UCAP e desenhado pelo menos um projeto-piloto.',
  'agreement-before-completion': 'Uma parceria conclui-se com um acordo de cooperação concluído; terminar sem ele é um fim distinto.',
  'opened-first': 'De uma avaliação nada se regista antes de a abrir, nem que tenha acontecido antes disso.',
  'before-the-close':
    'As perguntas, as constatações, as conclusões e as recomendações são de um dia anterior ao encerramento da avaliação; as respostas e o que se realizou podem seguir-se.',
  'answered-before-close': 'Uma avaliação encerra-se depois de a gestão responder a cada recomendação.',
};

/** What the gates are called. */
export const portugueseTitles: Dictionary['titles'] = {
  'registered-first': 'Primeiro regista-se',
  'before-its-conclusion': 'Antes da sua conclusão',
  'not-while-suspended': 'Nada durante a suspensão',
  'resumed-before-the-rest': 'Retomada antes do resto',
  'eligible-when-selected': 'Elegibilidade antes da seleção',
  'free-to-leave': 'Livre de qualquer parceria',
  'not-in-the-future': 'Só o que aconteceu',
  'something-could-pass': 'Algo poderia passar',
  'not-before-programme': 'Não antes do programa',
  'not-before-call': 'Não antes da convocatória',
  'within-deadline': 'Dentro do prazo',
  'formed-first': 'Primeiro forma-se a parceria',
  'formed-after-call': 'Formação depois de abrir a convocatória',
  'within-support-period': 'Dentro do período de apoio',
  'before-the-end': 'Antes do fim da parceria',
  'end-after-the-rest': 'O fim, depois de tudo o resto',
  'first-visitor': 'Quem visita primeiro',
  'formed-before-kick-off': 'A formação antes do arranque',
  'mission-before-plan': 'Uma missão antes do UCAP',
  'mission-of-delegation': 'Uma missão para a delegação',
  'purpose-of-expense': 'Para que se gasta',
  'pilot-implements-plan': 'O projeto-piloto concretiza o UCAP',
  'work-before-agreement': 'O trabalho antes do acordo',
  'agreement-before-completion': 'Um acordo antes da conclusão',
  'opened-first': 'Aberta antes de tudo o resto',
  'before-the-close': 'Antes do encerramento',
  'answered-before-close': 'Com resposta antes do encerramento',
};
