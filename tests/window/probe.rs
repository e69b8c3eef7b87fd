use crate::support::world::World;
#[tokio::test]
async fn probe() {
    let world = World::new();
    let window = world.open().await;
    window.press("Continue").await;
    window.is_headed("Navigate").await;
    println!("{}", window.run("return document.querySelector('nav').outerHTML.slice(0,1500)").await);
    println!("{}", window.run("return document.querySelector('[aria-current=step]')?.closest('[data-step]').dataset.step").await);
    println!("{}", window.run("return document.querySelector('[aria-current=step]')?.closest('[data-step]').dataset.step === \"NEW-1\"").await);
}
