import { menuBook } from './menu-text.ts'

const DRINKS = `
# Drinks 2-4
Still water | 50 cl | 1.8
Sparkling water | 50 cl | 2
Cola | 33 cl | 2.6
Cola zero | 33 cl | 2.6
Lemonade | Home-made, with mint | 3.4
Iced tea | Peach, 33 cl | 2.8
Orange juice | Freshly pressed | 3.9
Lager | 33 cl | 3.6
`

/** Menu books of kitchens with one style. */
export const KITCHEN_BOOKS = {
  pizza: menuBook(`
# Starters 2-3
Garlic bread | With parsley butter | 4.5
Bruschetta | Tomato, garlic, basil on toasted bread | 5.9
Caprese | Tomato, buffalo mozzarella, basil | 8.5
Rocket salad | Parmesan shavings, cherry tomatoes, balsamic | 7.5
# Pizzas 7-10
Margherita | Tomato, mozzarella, fresh basil | 9.5
Marinara | Tomato, garlic, oregano, olive oil | 8.5
Napoli | Tomato, mozzarella, anchovies, capers | 11
Diavola | Tomato, mozzarella, spicy salami, chilli | 11.9
Prosciutto e funghi | Tomato, mozzarella, cooked ham, mushrooms | 12.2
Quattro formaggi | Mozzarella, gorgonzola, fontina, parmesan | 12.5
Quattro stagioni | Tomato, mozzarella, ham, artichokes, olives, mushrooms | 12.9
Capricciosa | Tomato, mozzarella, ham, egg, artichokes | 12.7
Vegetariana | Tomato, mozzarella, courgette, aubergine, peppers | 11.8
Tonno e cipolla | Tomato, mozzarella, tuna, red onion | 12
Calzone | Folded, with ham, ricotta and mozzarella | 12.6
Burrata e pistacchio | Burrata, mortadella, pistachio cream | 14.5
# Desserts 1-2
Tiramisù | With mascarpone and espresso | 5.9
Panna cotta | With red berries | 5.2
Nutella calzone | To share | 6.9
${DRINKS}`),
  burgers: menuBook(`
# Burgers 5-8
Classic burger | Beef patty, lettuce, tomato, pickles, house sauce | 9.5
Cheeseburger | Beef patty, cheddar, onions, pickles | 9.9
Double cheeseburger | Two beef patties, double cheddar | 12.9
Bacon burger | Beef patty, smoked bacon, cheddar, barbecue sauce | 11.9
Blue cheese burger | Beef patty, blue cheese, caramelised onions | 12.2
Crispy chicken burger | Fried chicken thigh, slaw, spicy mayo | 10.9
Mushroom burger | Beef patty, Swiss cheese, fried mushrooms | 11.5
Veggie burger | Bean and beetroot patty, avocado, lettuce | 10.5
Smash burger | Two thin patties, onions, American cheese | 11.2
Pulled pork bun | Slow-cooked pork, slaw, pickled onions | 11.4
# Sides 3-5
French fries | With sea salt | 3.5
Sweet potato fries | With lime mayo | 4.5
Onion rings | Eight pieces | 4.2
Chicken wings | Six pieces, hot or barbecue | 6.9
Mac and cheese | Baked with breadcrumbs | 6.5
Coleslaw | 3.2
Loaded fries | Cheddar, bacon, spring onion | 6.2
# Shakes and sweets 1-3
Vanilla milkshake | 4.9
Chocolate milkshake | 4.9
Brownie | With walnuts | 4.2
New York cheesecake | 4.9
${DRINKS}`),
  sushi: menuBook(`
# Starters 2-4
Edamame | With sea salt | 4.5
Miso soup | Tofu, wakame, spring onion | 3.5
Gyoza | Five pork dumplings, pan-fried | 6.2
Wakame salad | With sesame | 5.2
Chicken karaage | Fried, with Japanese mayo | 7.4
# Nigiri and sashimi 3-5
Salmon nigiri | Two pieces | 4.8
Tuna nigiri | Two pieces | 5.6
Prawn nigiri | Two pieces | 4.9
Eel nigiri | Two pieces | 5.4
Salmon sashimi | Six slices | 9.5
Tuna sashimi | Six slices | 11.5
# Rolls 4-6
Cucumber maki | Six pieces | 4.2
Salmon maki | Six pieces | 5.4
California roll | Crab, avocado, cucumber, eight pieces | 9.2
Spicy tuna roll | Tuna, chilli mayo, spring onion, eight pieces | 10.2
Dragon roll | Prawn tempura, avocado, eel sauce | 12.9
Rainbow roll | Five kinds of fish over crab and avocado | 13.5
Veggie roll | Avocado, cucumber, carrot, eight pieces | 8.2
# Bowls and sets 2-3
Chirashi bowl | Assorted sashimi over rice | 15.9
Salmon teriyaki | With rice and vegetables | 14.5
Mixed set | Twelve pieces of the chef's choice | 17.9
Chicken katsu curry | With rice | 12.9
# Drinks 1-3
Green tea | Pot | 2.8
Yuzu lemonade | 3.9
Japanese beer | 33 cl | 4.2
Sparkling water | 50 cl | 2
`),
  chinese: menuBook(`
# Dim sum 3-5
Pork dumplings | Six pieces, steamed or fried | 6.5
Prawn har gow | Four pieces | 6.8
Siu mai | Four pieces, pork and prawn | 6.4
Char siu bao | Two buns with barbecued pork | 5.5
Vegetable spring rolls | Three pieces | 4.8
Xiao long bao | Six soup dumplings | 7.9
# Mains 5-7
Kung pao chicken | Peanuts, dried chilli, peppers | 11.2
Sweet and sour pork | Pineapple, peppers | 11
Mapo tofu | Sichuan pepper, minced pork | 10.2
Beef with black bean sauce | Peppers, onions | 12.2
Peking duck | Quarter, with pancakes and hoisin | 16.9
Salt and pepper squid | Chilli, spring onion | 12.5
Broccoli in oyster sauce | 8.4
Twice-cooked pork | Leeks, fermented beans | 11.8
# Rice and noodles 2-4
Egg fried rice | 5.2
Yangzhou fried rice | Prawns, barbecued pork, peas | 8.9
Chow mein | Wheat noodles, chicken, bean sprouts | 9.5
Beef ho fun | Flat rice noodles, bean sprouts | 10.5
Dan dan noodles | Sesame, chilli oil, minced pork | 9.2
# Soups 1-2
Hot and sour soup | 4.9
Wonton soup | Pork and prawn | 6.2
${DRINKS}`),
  asian: menuBook(`
# Small plates 3-4
Summer rolls | Prawn, rice noodles, mint, peanut sauce | 6.2
Chicken satay | Four skewers, peanut sauce | 7.2
Kimchi pancake | With soy dip | 7.5
Crispy wontons | Sweet chilli | 5.8
Papaya salad | Lime, chilli, peanuts | 7.8
# Noodles and soups 3-5
Pad thai | Rice noodles, egg, tamarind, peanuts | 11.2
Pho bo | Rice noodles, beef, herbs | 11.5
Tonkotsu ramen | Pork broth, egg, bamboo | 12.9
Miso ramen | Corn, spring onion, egg | 12.2
Laksa | Coconut, prawns, tofu puffs | 12.8
Tom yum goong | Prawns, lemongrass, lime | 8.9
# Rice 3-4
Thai green curry | Chicken, coconut, Thai basil, rice | 12.2
Massaman curry | Beef, potato, peanuts, rice | 13.2
Bibimbap | Rice, vegetables, beef, fried egg | 12.5
Nasi goreng | Fried rice, egg, prawns | 11.2
Bun cha | Grilled pork, rice noodles, herbs | 12.4
Poke bowl | Salmon, avocado, edamame, rice | 12.9
# Extras 1-2
Jasmine rice | 2.8
Mango sticky rice | 5.5
Mochi | Two pieces | 4.2
${DRINKS}`),
  indian: menuBook(`
# Starters 2-4
Vegetable samosas | Two, with tamarind chutney | 4.8
Onion bhaji | Four pieces | 4.9
Chicken tikka | From the tandoor | 7.5
Paneer pakora | With mint chutney | 5.9
Papadums | With three chutneys | 3
# Curries 5-7
Chicken tikka masala | Creamy tomato sauce | 12.2
Butter chicken | Tomato, butter, fenugreek | 12.4
Lamb rogan josh | Kashmiri chilli, yoghurt | 13.9
Lamb vindaloo | Hot, with potato | 13.5
Palak paneer | Spinach, fresh cheese | 10.9
Chana masala | Chickpeas, tomato, ginger | 9.9
Dal makhani | Black lentils, simmered overnight | 9.8
Prawn malabar | Coconut, curry leaf | 14.2
# Biryani and rice 2-3
Chicken biryani | With raita | 12.9
Vegetable biryani | With raita | 10.9
Pilau rice | 3.4
Steamed basmati rice | 2.8
# Breads 2-3
Naan | 2.4
Garlic naan | 2.9
Peshwari naan | Coconut, almonds | 3.4
Roti | 2
# Drinks and sweets 1-3
Mango lassi | 3.8
Masala chai | 2.8
Gulab jamun | Two pieces | 4
Sparkling water | 50 cl | 2
`),
  mexican: menuBook(`
# Starters 2-3
Guacamole and chips | Made to order | 6.9
Nachos | Cheddar, jalapeños, beans, sour cream | 8.9
Elote | Grilled corn, cotija, chilli, lime | 4.9
Chips and salsa | Two salsas | 4.2
# Tacos 3-5
Al pastor | Pork, pineapple, coriander, three tacos | 9.9
Carnitas | Slow-cooked pork, onion, three tacos | 9.9
Carne asada | Grilled beef, three tacos | 10.9
Baja fish | Battered fish, slaw, lime mayo, three tacos | 10.5
Pollo | Chicken tinga, crema, three tacos | 9.5
Hongos | Mushrooms, Oaxaca cheese, three tacos | 9.2
# Burritos and more 4-6
Chicken burrito | Rice, black beans, cheese, salsa | 10.9
Steak burrito | Rice, pinto beans, guacamole | 12.4
Bean burrito | Rice, black beans, peppers | 9.5
Quesadilla | Cheese, peppers, sour cream | 8.5
Enchiladas verdes | Chicken, tomatillo, crema | 11.9
Burrito bowl | Chicken, rice, beans, corn, lettuce | 11.2
Pupusas | Two, with curtido | 7.9
# Sweets 1-2
Churros | With chocolate sauce | 4.9
Tres leches cake | 5.2
# Drinks 1-3
Horchata | 3.4
Jamaica | Hibiscus, unsweetened or sweet | 3.2
Mexican lager | 33 cl | 3.9
Sparkling water | 50 cl | 2
`),
  italian: menuBook(`
# Antipasti 2-4
Bruschetta al pomodoro | Tomato, basil, garlic | 5.9
Burrata | Cherry tomatoes, pesto | 9.9
Carpaccio | Beef, rocket, parmesan | 11.2
Vitello tonnato | 11.5
Minestrone | 6.5
# Pasta 4-6
Spaghetti carbonara | Guanciale, egg, pecorino | 12.2
Tagliatelle al ragù | Slow-cooked beef and pork | 12.9
Penne all'arrabbiata | Tomato, garlic, chilli | 10.2
Lasagne al forno | Beef ragù, béchamel | 12.5
Cacio e pepe | Pecorino, black pepper | 11.5
Linguine alle vongole | Clams, white wine, parsley | 15.2
Gnocchi al pesto | Basil, pine nuts | 11.9
Ravioli ricotta e spinaci | Butter and sage | 12.4
# Secondi 2-3
Saltimbocca | Veal, prosciutto, sage | 17.5
Pollo alla milanese | Breaded chicken, rocket | 14.9
Branzino | Grilled sea bass, potatoes | 18.5
Parmigiana | Aubergine, tomato, mozzarella | 12.5
# Dolci 1-2
Tiramisù | 5.9
Cannoli | Two, with ricotta | 5.5
Panna cotta | 5.2
${DRINKS}`),
  mediterranean: menuBook(`
# Mezze 3-5
Hummus | Olive oil, paprika, warm pitta | 5.5
Baba ganoush | Smoked aubergine | 5.8
Tzatziki | Yoghurt, cucumber, garlic | 4.9
Falafel | Six pieces, tahini | 5.9
Stuffed vine leaves | Six pieces | 5.9
Halloumi | Grilled, with honey | 7.4
# Wraps 2-4
Chicken shawarma wrap | Garlic sauce, pickles | 8.2
Lamb doner | Salad, chilli sauce | 8.9
Falafel wrap | Hummus, pickled turnip | 7.5
Pork gyros pitta | Tzatziki, tomato, fries | 8.2
# Plates 3-5
Mixed grill | Lamb kofta, chicken, rice, salad | 16.5
Chicken souvlaki plate | Fries, salad, tzatziki | 13.2
Lamb kofta plate | Bulgur, yoghurt | 13.9
Moussaka | Aubergine, minced lamb, béchamel | 12.9
Shakshuka | Eggs in spiced tomato | 9.9
Vegetable tagine | Couscous, apricots | 11.9
# Salads and sides 1-3
Greek salad | Feta, olives, cucumber | 7.9
Tabbouleh | Parsley, bulgur, lemon | 5.9
Fries | With oregano | 3.5
Baklava | Three pieces | 4.5
${DRINKS}`),
}
